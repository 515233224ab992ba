package io.godwit.core.type.codec;

import io.godwit.core.type.value.RangeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Ranges in ascending order that do not touch: int32 how many, then each with its length before it. */
record MultirangeCodec<T extends Comparable<? super T>>(RangeCodec<T> range) implements Codec<List<RangeValue<T>>> {
    private static final int LEAST_RANGE_BYTES = 5;

    @Override
    public List<RangeValue<T>> read(FieldReader in) {
        int count = in.count(LEAST_RANGE_BYTES);
        List<RangeValue<T>> ranges = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            FieldReader part = in.part(in.int4());
            ranges.add(range.read(part));
            part.end();
        }
        return List.copyOf(ranges);
    }

    @Override
    public void write(List<RangeValue<T>> ranges, FieldWriter out) {
        out.int4(ranges.size());
        for (RangeValue<T> one : ranges) {
            int began = out.beginElement();
            range.write(one, out);
            out.endElement(began);
        }
    }

    @Override
    public String format(List<RangeValue<T>> ranges) {
        return ranges.stream().map(range::format).collect(Collectors.joining(",", "{", "}"));
    }

    /** Reads ranges, leaves empty ones out, and keeps the rest as they are written. */
    @Override
    public List<RangeValue<T>> parse(String text) {
        TextCursor cursor = new TextCursor(text, "a set of ranges");
        List<RangeValue<T>> ranges = new ArrayList<>();
        cursor.blanks().expect('{');
        if (!cursor.blanks().skip('}')) {
            do {
                RangeValue<T> one = range.parse(cursor);
                if (!one.empty()) {
                    ranges.add(one);
                }
            } while (cursor.blanks().skip(','));
            cursor.expect('}');
        }
        cursor.expectEnd();
        return List.copyOf(ranges);
    }
}
