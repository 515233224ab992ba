package io.godwit.platform;

import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.Lane;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Digest;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.type.LogicalType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a sample of any of core's records, so that a record which somebody adds is tested from the start. */
public final class Samples {
    /** As many as events may tell of. */
    private static final long MOST = 1L << 45;

    private static final RunId RUN = RunId.of("shop-nightly", Instant.parse("2026-11-22T02:00:00Z"));
    private static final StepId STEP = StepId.of(RUN, "copy");

    private static final Map<Class<?>, Object> VALUES = Map.ofEntries(
            Map.entry(RunId.class, RUN),
            Map.entry(StepId.class, STEP),
            Map.entry(SubtaskId.class, SubtaskId.of(STEP, 3, 14)),
            Map.entry(AttemptId.class, new AttemptId("0f8fad5b-d9cb-469f-a165-70867728950e")),
            Map.entry(Digest.class, new Digest(0x8000_0000_0000_00ffL)),
            Map.entry(LogicalType.class, LogicalType.parse("numeric(18,2)")),
            Map.entry(Instant.class, Instant.parse("2026-03-29T01:30:00.123456Z")),
            Map.entry(
                    BatchRange.class,
                    new BatchRange(
                            new Lane("godwit.rows.eu", 3),
                            Long.MAX_VALUE - 1 - MOST,
                            Long.MAX_VALUE - 1,
                            Integer.MAX_VALUE)),
            Map.entry(String.class, "Größe \"q\" \\ \u0001 🐦"),
            Map.entry(Object.class, "anything"),
            Map.entry(int.class, Integer.MAX_VALUE),
            Map.entry(Integer.class, 7),
            Map.entry(long.class, MOST),
            Map.entry(Long.class, 9007199254740993L),
            Map.entry(Double.class, 0.1),
            Map.entry(boolean.class, true),
            Map.entry(Boolean.class, true),
            Map.entry(byte[].class, new byte[] {1, 2, 3}));

    private Samples() {}

    /** The records of a family: the permitted ones, those nested in an interface, or the type itself. */
    public static Stream<Class<?>> records(Class<?> family) {
        return Stream.of(family.isRecord() ? new Class<?>[] {family} : family.getDeclaredClasses())
                .filter(Class::isRecord);
    }

    /** With every component there. */
    public static <T> T full(Class<T> type) {
        return type.cast(sample(type, false));
    }

    /** With every component left out that may be. */
    public static <T> T sparse(Class<T> type) {
        return type.cast(sample(type, true));
    }

    /** A full and a sparse one of each record of the family. */
    public static <F> Stream<F> of(Class<F> family) {
        return records(family)
                .flatMap(type -> Stream.of(full(type), sparse(type)))
                .map(family::cast);
    }

    private static Object sample(Type type, boolean sparse) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                Object last = sample(arguments[0], true); // some lists may not be empty
                return sparse ? List.of(last) : List.of(sample(arguments[0], false), last);
            }
            if (generic.getRawType() == Map.class) {
                return sparse ? Map.of() : Map.of("region", sample(arguments[1], false));
            }
            throw new IllegalArgumentException("no sample of " + type);
        }
        return ofClass((Class<?>) type, sparse);
    }

    private static Object ofClass(Class<?> type, boolean sparse) {
        Object value = VALUES.get(type);
        if (value != null) {
            return value;
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[type.getEnumConstants().length - 1];
        }
        if (type.isSealed()) {
            return ofClass(type.getPermittedSubclasses()[sparse ? 0 : 1], sparse);
        }
        return record(type, sparse);
    }

    private static Object record(Class<?> type, boolean sparse) {
        List<@Nullable Object> values = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            Object named = component.getName().equals("job") ? RUN.job() : sample(component.getGenericType(), sparse);
            values.add(sparse && optional ? null : named);
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            return constructor.newInstance(values.toArray());
        } catch (ReflectiveOperationException cannot) {
            throw new IllegalArgumentException("no sample of " + type, cannot);
        }
    }
}
