package io.godwit.core.type.codec;

import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.value.IntervalValue;

/** interval: int64 micros, int32 days, int32 months. */
record IntervalCodec(Temporal type) implements Codec<IntervalValue> {

    @Override
    public IntervalValue read(FieldReader in) {
        long micros = in.int8();
        int days = in.int4();
        return new IntervalValue(in.int4(), days, micros);
    }

    @Override
    public void write(IntervalValue value, FieldWriter out) {
        out.int8(value.micros());
        out.int4(value.days());
        out.int4(value.months());
    }

    @Override
    public String format(IntervalValue value) {
        return IntervalText.format(value);
    }

    @Override
    public IntervalValue parse(String text) {
        IntervalValue value = IntervalText.parse(text.strip());
        if (value.equals(IntervalValue.INFINITY) || value.equals(IntervalValue.NEGATIVE_INFINITY)) {
            return value;
        }
        return new IntervalValue(value.months(), value.days(), TemporalCodecs.round(value.micros(), type));
    }
}
