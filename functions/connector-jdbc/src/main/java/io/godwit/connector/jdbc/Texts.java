package io.godwit.connector.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts in one text, each after its length: {@code 3:abc0:}. */
public final class Texts {
    private Texts() {}

    public static String join(List<String> texts) {
        StringBuilder joined = new StringBuilder();
        texts.forEach(text -> joined.append(text.length()).append(':').append(text));
        return joined.toString();
    }

    /** What was joined; of null, which a database may have made of the empty text, nothing. */
    public static List<String> split(@Nullable String joined) {
        List<String> texts = new ArrayList<>();
        for (int at = 0; joined != null && at < joined.length(); ) {
            int colon = joined.indexOf(':', at);
            int end = colon + 1 + Integer.parseInt(joined.substring(at, colon));
            texts.add(joined.substring(colon + 1, end));
            at = end;
        }
        return texts;
    }
}
