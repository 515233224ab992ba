package io.godwit.core.type.codec;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Array;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Foreign;
import io.godwit.core.type.LogicalType.Range;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.TypeDecision;
import io.godwit.core.type.TypeLattice;
import org.jspecify.annotations.Nullable;

/**
 * A converter for every pair of types that {@link TypeLattice} does not call impossible: for the common ones from bytes
 * to bytes, for the rest by the value's text.
 */
public final class FieldConverters {

    /** Gives on the bytes as they are. */
    public static final FieldConverter COPY = (from, offset, length, out) -> out.bytes(from, offset, length);

    private FieldConverters() {}

    /**
     * The converter of a pair.
     *
     * @throws IllegalArgumentException where the lattice calls it impossible
     */
    public static FieldConverter of(LogicalType from, LogicalType to) {
        TypeDecision decision = TypeLattice.decide(from, to);
        if (decision.isIdentical()) {
            return COPY;
        }
        if (decision.kind() == TypeDecision.Kind.IMPOSSIBLE) {
            throw new IllegalArgumentException(decision.reason());
        }
        FieldConverter direct = direct(from, to);
        return direct == null ? byText(from, to) : direct;
    }

    private static @Nullable FieldConverter direct(LogicalType from, LogicalType to) {
        if (from instanceof Array one && to instanceof Array other) {
            return NestedConverters.array(one, other);
        }
        if (from instanceof Range one && to instanceof Range other) {
            return NestedConverters.range(one, other);
        }
        FieldConverter numbers = NumberConverters.of(from, to);
        if (numbers != null) {
            return numbers;
        }
        FieldConverter times = TemporalConverters.of(from, to);
        return times != null ? times : TextConverters.of(from, to);
    }

    /** By the text that PostgreSQL's cast to text makes, and the other type's reading of it. */
    private static FieldConverter byText(LogicalType from, LogicalType to) {
        Codec<Object> target = Codecs.of(to);
        TextOf text = textOf(from);
        return (bytes, offset, length, out) -> target.write(target.parse(text.of(bytes, offset, length)), out);
    }

    /** The text of a field. */
    @FunctionalInterface
    interface TextOf {
        String of(byte[] from, int offset, int length);
    }

    /** Where PostgreSQL's cast to text differs from its output function, the cast. */
    static TextOf textOf(LogicalType from) {
        Codec<Object> source = Codecs.of(from);
        if (from == Scalar.BOOL) {
            return (bytes, offset, length) ->
                    source.decode(bytes, offset, length).equals(true) ? "true" : "false";
        }
        if (from == Scalar.INET) { // the cast always shows the prefix
            Codec<Object> network = Codecs.of(Scalar.CIDR);
            return (bytes, offset, length) -> network.format(source.decode(bytes, offset, length));
        }
        if (from instanceof BlankPaddedChar) {
            return (bytes, offset, length) ->
                    source.format(source.decode(bytes, offset, TextConverters.withoutBlanks(bytes, offset, length)));
        }
        Codec<Object> codec = from instanceof Foreign ? Codecs.of(Scalar.TEXT) : source;
        return (bytes, offset, length) -> codec.format(codec.decode(bytes, offset, length));
    }
}
