package io.godwit.connector.file;

import java.util.Map;

class CsvRoundTripContractTest extends FileRoundTrip {
    CsvRoundTripContractTest() {
        super(new Folder(Map.of("format", "csv")));
    }
}
