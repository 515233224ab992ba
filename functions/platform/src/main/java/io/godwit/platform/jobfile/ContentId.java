package io.godwit.platform.jobfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Job;
import io.godwit.platform.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a document says, as a number: SHA-256 over its record's JSON with keys in order. Spacing, comments, the order of
 * keys and defaults written out or left out do not change it; anything that a run could tell does.
 */
public record ContentId(String value) {
    private static final ObjectMapper CANONICAL = JsonMapper.builder(
                    Json.mapper().getFactory())
            .configure(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY, true)
            .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
            .build();

    public static ContentId of(Connection connection) {
        return ofRecord(connection);
    }

    public static ContentId of(Job job) {
        return ofRecord(job);
    }

    private static ContentId ofRecord(Object document) {
        try {
            byte[] json = CANONICAL.writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
            return new ContentId(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(json)));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("a document cannot be written as JSON", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
