package io.godwit.connector.file;

import java.util.Map;

class CsvRoundTripContractTest extends FileRoundTrip {
    CsvRoundTripContractTest() {
        super(Map.of("format", "csv"));
    }
}
