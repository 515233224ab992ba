package io.godwit.connector.sqlite;

import io.godwit.connector.kit.SinkContract;
import io.godwit.core.job.Connection;

/** A file that somebody set to write ahead stays so. */
class SqliteWalSinkContractTest extends SinkContract {
    private static final Connection SINK = wal();

    SqliteWalSinkContractTest() {
        super(new SqliteTestedSink(SINK));
    }

    private static Connection wal() {
        Connection sink = TestFiles.empty("wal_contract");
        TestFiles.run("wal_contract", "PRAGMA journal_mode = WAL");
        return sink;
    }

    @Override
    protected void crash() {
        TestFiles.crash("wal_contract");
    }
}
