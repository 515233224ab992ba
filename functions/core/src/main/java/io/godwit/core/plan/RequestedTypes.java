package io.godwit.core.plan;

import io.godwit.core.job.Migrate;
import io.godwit.core.job.Migrate.ColumnMapping;
import io.godwit.core.job.TypeWord;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Types that a job names, and those that constants have where it names none. */
final class RequestedTypes {
    /** Of a constant. */
    static final LogicalType TEXT = Scalar.TEXT;

    /** Of the plan time as a constant. */
    static final LogicalType MOMENT = new Temporal(Temporal.Kind.TIMESTAMPTZ, null);

    private RequestedTypes() {}

    /** All of them. */
    static Set<LogicalType> of(Migrate migrate) {
        Set<LogicalType> types = new LinkedHashSet<>(List.of(TEXT, MOMENT));
        Stream.concat(
                        migrate.columns().stream(),
                        migrate.from().stream()
                                .flatMap(from -> from.tables().stream())
                                .flatMap(table -> Stream.ofNullable(table.columns()))
                                .flatMap(List::stream))
                .map(ColumnMapping::type)
                .flatMap(Stream::ofNullable)
                .forEach(word -> types.add(TypeWord.parse(word)));
        migrate.types().values().forEach(word -> types.add(TypeWord.parse(word)));
        return types;
    }

    /**
     * What a job wants done with all values of a type; null: nothing.
     *
     * @param types types by types, both as words; a word without parameters stands for the type with any
     */
    static @Nullable LogicalType of(Map<String, String> types, LogicalType source) {
        String notation = source.notation();
        for (Map.Entry<String, String> entry : types.entrySet()) {
            if (TypeWord.parse(entry.getKey()).equals(source)) {
                return TypeWord.parse(entry.getValue());
            }
        }
        for (Map.Entry<String, String> entry : types.entrySet()) {
            String word = TypeWord.parse(entry.getKey()).notation();
            if (!word.contains("(") && notation.startsWith(word + "(") && notation.endsWith(")")) {
                return TypeWord.parse(entry.getValue());
            }
        }
        return null;
    }
}
