package io.godwit.connector.sqlite;

import io.godwit.connector.kit.SourceContract;
import io.godwit.connector.kit.TestedSource;

class SqliteSourceContractTest extends SourceContract {
    private static final TestedSource SOURCE = new SqliteTestedSource(TestFiles.empty("source_contract"));

    SqliteSourceContractTest() {
        super(SOURCE);
    }

    /** What SQLite takes unless it was built otherwise. */
    @Override
    protected int mostColumns() {
        return 2000;
    }

    @Override
    protected boolean holdsSnapshots() {
        return false;
    }
}
