package io.godwit.planner.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.godwit.platform.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON in the planner's columns. What stands there this class's callers wrote: what cannot be read is a defect. */
final class JsonText {
    private JsonText() {}

    static <T> T read(String text, Class<? extends T> form) {
        try {
            return Json.mapper().readValue(text, form);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("not a stored " + form.getSimpleName(), unreadable);
        }
    }

    static <T> @Nullable T readOrNull(@Nullable String text, Class<T> form) {
        return text == null ? null : read(text, form);
    }

    static @Nullable String writeOrNull(@Nullable Object value) {
        return value == null ? null : Json.text(value);
    }

    static Map<String, String> texts(String text) {
        try {
            return Json.mapper()
                    .readValue(
                            text,
                            Json.mapper().getTypeFactory().constructMapType(Map.class, String.class, String.class));
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("not a stored map of texts", unreadable);
        }
    }
}
