package io.godwit.core.job;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.error.NearestWord;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A type as job files name it: the notation of {@link LogicalType}, or SQL's longer word for it. */
public final class TypeWord {
    private static final Map<String, String> LONGER = Map.ofEntries(
            Map.entry("smallint", "int2"),
            Map.entry("int", "int4"),
            Map.entry("integer", "int4"),
            Map.entry("bigint", "int8"),
            Map.entry("real", "float4"),
            Map.entry("double precision", "float8"),
            Map.entry("boolean", "bool"),
            Map.entry("character varying", "varchar"),
            Map.entry("character", "char"),
            Map.entry("bit varying", "varbit"),
            Map.entry("dec", "numeric"),
            Map.entry("time without time zone", "time"),
            Map.entry("time with time zone", "timetz"),
            Map.entry("timestamp without time zone", "timestamp"),
            Map.entry("timestamp with time zone", "timestamptz"));

    /** {@code timestamp(3) with time zone} has its precision inside. */
    private static final Pattern FORM =
            Pattern.compile("([a-z][a-z ]*?) *(\\([0-9 ,-]*\\))?( with time zone| without time zone)?((?:\\[\\])?)");

    private TypeWord() {}

    /**
     * Reads a type.
     *
     * @throws GodwitException JOB_FILE_INVALID with the nearest word
     */
    public static LogicalType parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = FORM.matcher(word);
        try {
            if (matcher.matches()) {
                String zone = matcher.group(3) == null ? "" : matcher.group(3);
                String name = LONGER.get(matcher.group(1) + zone);
                if (name != null) {
                    String arguments =
                            matcher.group(2) == null ? "" : matcher.group(2).replace(" ", "");
                    return LogicalType.parse(name + arguments + matcher.group(4));
                }
            }
            return LogicalType.parse(text.strip());
        } catch (IllegalArgumentException e) {
            throw new GodwitException(
                    ErrorCode.JOB_FILE_INVALID,
                    "no type " + text,
                    NearestWord.of(word.replaceAll("[(\\[].*", "").strip(), words())
                            .map(near -> "Did you mean " + near + "?")
                            .orElse("Write a type such as int8, numeric(18,2), text or timestamptz."),
                    e);
        }
    }

    private static Set<String> words() {
        Set<String> words = new TreeSet<>(LONGER.keySet());
        words.addAll(LONGER.values());
        for (Scalar scalar : Scalar.values()) {
            words.add(scalar.notation());
        }
        words.add("interval");
        return words;
    }
}
