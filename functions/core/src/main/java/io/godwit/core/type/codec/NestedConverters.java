package io.godwit.core.type.codec;

import io.godwit.core.type.BuiltInOids;
import io.godwit.core.type.LogicalType.Array;
import io.godwit.core.type.LogicalType.Range;
import io.godwit.core.type.TypeLattice;
import io.godwit.core.type.value.ArrayValue;
import org.jspecify.annotations.Nullable;

/** Arrays and ranges, whose parts are converted each. */
final class NestedConverters {
    private static final int EMPTY = 0x01;
    private static final int NO_LOWER = 0x08;
    private static final int NO_UPPER = 0x10;

    private NestedConverters() {}

    static FieldConverter array(Array from, Array to) {
        FieldConverter element = FieldConverters.of(from.element(), to.element());
        int oid = BuiltInOids.ofElement(to.element());
        return (bytes, offset, length, out) -> array(new FieldReader(bytes, offset, length), element, oid, out);
    }

    private static void array(FieldReader in, FieldConverter element, int oid, FieldWriter out) {
        int dimensions = in.int4();
        if (dimensions < 0 || dimensions > ArrayValue.MAX_DIMENSIONS) {
            throw new InvalidValueException("an array of " + dimensions + " dimensions");
        }
        out.int4(dimensions);
        out.int4(in.int4());
        in.int4();
        out.int4(oid);
        for (int i = 0; i < dimensions; i++) {
            out.int8(in.int8()); // length and lower bound
        }
        while (in.remaining() > 0) {
            int length = in.int4();
            if (length == -1) {
                out.int4(-1);
            } else {
                part(in, length, element, out);
            }
        }
    }

    /** Null where its text must do: where bounds are rounded, they may meet. */
    static @Nullable FieldConverter range(Range from, Range to) {
        if (!TypeLattice.decide(from.bound(), to.bound()).isLossless()) {
            return null;
        }
        FieldConverter bound = FieldConverters.of(from.bound(), to.bound());
        FieldConverter single =
                (bytes, offset, length, out) -> range(new FieldReader(bytes, offset, length), bound, out);
        if (!to.multi()) {
            return single;
        }
        return from.multi()
                ? (bytes, offset, length, out) -> {
                    FieldReader in = new FieldReader(bytes, offset, length);
                    int count = in.int4();
                    out.int4(count);
                    for (int i = 0; i < count; i++) {
                        part(in, in.int4(), single, out);
                    }
                    in.end();
                }
                : (bytes, offset, length, out) -> {
                    boolean empty = new FieldReader(bytes, offset, length).int1() == EMPTY;
                    out.int4(empty ? 0 : 1);
                    if (!empty) {
                        part(new FieldReader(bytes, offset, length), length, single, out);
                    }
                };
    }

    private static void range(FieldReader in, FieldConverter bound, FieldWriter out) {
        int flags = in.int1();
        out.int1(flags);
        if ((flags & EMPTY) == 0) {
            if ((flags & NO_LOWER) == 0) {
                part(in, in.int4(), bound, out);
            }
            if ((flags & NO_UPPER) == 0) {
                part(in, in.int4(), bound, out);
            }
        }
        in.end();
    }

    /** Converts the next bytes, and puts the length of the outcome before it. */
    private static void part(FieldReader in, int length, FieldConverter converter, FieldWriter out) {
        int began = out.beginElement();
        in.convert(length, converter, out);
        out.endElement(began);
    }
}
