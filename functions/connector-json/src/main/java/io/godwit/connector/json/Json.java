package io.godwit.connector.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;

/** How JSON is parsed and written here. */
public final class Json {
    /** Numbers are texts to it: nothing is made a double. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE) // a row's own limit comes first
                    .maxNumberLength(200_000)
                    .build())
            .build();

    private Json() {}
}
