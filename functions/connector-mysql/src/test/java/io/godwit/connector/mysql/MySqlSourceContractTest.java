package io.godwit.connector.mysql;

import io.godwit.connector.kit.SourceContract;
import io.godwit.connector.kit.TestedSource;
import java.util.List;

class MySqlSourceContractTest extends SourceContract {
    private static final TestedSource SOURCE = new MySqlTestedSource(MySqlServer.connection("source_contract"));

    MySqlSourceContractTest() {
        super(SOURCE);
    }

    @Override
    protected int mostColumns() {
        return 1017;
    }

    @Override
    protected boolean holdsSnapshots() {
        return false;
    }

    /** The server's names have no characters beyond the first plane. */
    @Override
    protected List<String> hostileNames() {
        return super.hostileNames().stream()
                .filter(name -> name.codePoints().allMatch(Character::isBmpCodePoint))
                .toList();
    }
}
