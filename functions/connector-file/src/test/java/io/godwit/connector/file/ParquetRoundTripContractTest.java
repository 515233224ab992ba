package io.godwit.connector.file;

import java.util.Map;

class ParquetRoundTripContractTest extends FileRoundTrip {
    ParquetRoundTripContractTest() {
        super(new Folder(Map.of("format", "parquet", "compression", "zstd")));
    }
}
