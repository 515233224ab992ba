package io.godwit.connector.file;

import java.util.Map;

class JsonLinesRoundTripContractTest extends FileRoundTrip {
    JsonLinesRoundTripContractTest() {
        super(new Folder(Map.of("format", "jsonl")));
    }
}
