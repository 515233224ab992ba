package io.godwit.connector.file;

import java.util.Map;

class PartitionedRoundTripContractTest extends FileRoundTrip {
    PartitionedRoundTripContractTest() {
        super(new Folder(Map.of("format", "parquet", "partition", "c1 bool, id")));
    }
}
