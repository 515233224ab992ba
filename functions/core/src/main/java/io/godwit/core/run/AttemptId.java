package io.godwit.core.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * One try at reading a subtask. Each reader draws its own, so that two readers on one subtask can never be taken for
 * one another.
 */
public record AttemptId(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f-]{1,36}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AttemptId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not an attempt id: " + value);
        }
    }

    public static AttemptId fresh() {
        return new AttemptId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
