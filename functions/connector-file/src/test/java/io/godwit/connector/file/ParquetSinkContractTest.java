package io.godwit.connector.file;

import io.godwit.connector.kit.SinkContract;
import java.util.Map;

class ParquetSinkContractTest extends SinkContract {
    ParquetSinkContractTest() {
        super(new FolderSink(Map.of("format", "parquet")));
    }

    @Override
    protected void crash() {
        ControlStoreServer.crash();
    }
}
