package io.godwit.connector.file;

import java.util.Map;

class JsonLinesRoundTripContractTest extends FileRoundTrip {
    JsonLinesRoundTripContractTest() {
        super(Map.of("format", "jsonl"));
    }
}
