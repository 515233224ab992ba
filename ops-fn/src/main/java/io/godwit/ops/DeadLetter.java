package io.godwit.ops;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.godwit.core.run.RunId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that no function would take, as a broker hands it over in the end. It may be of any type and say anything:
 * what is kept of it is bounded, and text that a database takes.
 *
 * @param id made of the data where the event has none
 * @param run whose event it is, null where it is no run's
 * @param code what the function answered, as the broker tells it: {@code 422}; null where it does not
 * @param target where the broker had sent it, null where it does not say
 * @param answer what the function said, null where the broker does not say
 * @param data the beginning of the event's data
 * @param dataBytes how long all of the data is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetter(
        String source,
        String id,
        String type,
        String subject,
        @Nullable String run,
        @Nullable String code,
        @Nullable String target,
        @Nullable String answer,
        String data,
        int dataBytes) {
    private static final int MOST_CHARACTERS = 512;
    private static final int MOST_DATA = 4 << 10;

    /** @param attributes the event's, and what a broker adds to them where it gives up */
    public static DeadLetter of(Attributes attributes, byte[] data) {
        String id = text(attributes.get("id"));
        String subject = text(attributes.get("subject"));
        byte[] kept = Arrays.copyOf(data, Math.min(data.length, MOST_DATA));
        return new DeadLetter(
                text(attributes.get("source")),
                id.isEmpty() ? UUID.nameUUIDFromBytes(data).toString() : id,
                text(attributes.get("type")),
                subject,
                runOf(subject),
                textOrNull(attributes.get("knativeerrorcode")),
                textOrNull(attributes.get("knativeerrordest")),
                textOrNull(attributes.get("knativeerrordata")),
                storable(new String(kept, StandardCharsets.UTF_8)),
                data.length);
    }

    /** Events of a run have it, or a subtask of it, for a subject. */
    private static @Nullable String runOf(String subject) {
        try {
            return new RunId(subject.split("/", 2)[0]).value();
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : storable(value.substring(0, Math.min(value.length(), MOST_CHARACTERS)));
    }

    private static @Nullable String textOrNull(@Nullable String value) {
        return value == null ? null : text(value);
    }

    /** PostgreSQL takes neither a zero character nor half a surrogate pair. */
    private static String storable(String text) {
        return new String(text.replace('\0', ' ').getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** Attributes of a CloudEvent by name; null where there is none of that name. */
    @FunctionalInterface
    public interface Attributes {
        @Nullable
        String get(String name);
    }
}
