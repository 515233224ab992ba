package io.godwit.core.expression;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expressions on rows that tests write as text. */
final class Rows {
    /** Bytes 0 to 31. */
    static final String KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    static final String OTHER_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    static final Keys SECRETS = reference -> reference.equals("env:OTHER") ? OTHER_KEY : KEY;

    private final List<Expression.Field> fields = new ArrayList<>();
    private final List<byte @Nullable []> values = new ArrayList<>();

    static Rows none() {
        return new Rows();
    }

    /** A column and the text form of its value. */
    static Rows with(String name, String type, @Nullable String value) {
        return new Rows().and(name, type, value);
    }

    Rows and(String name, String type, @Nullable String value) {
        LogicalType logical = LogicalType.parse(type);
        Codec<Object> codec = Codecs.of(logical);
        fields.add(new Expression.Field(name, logical));
        values.add(value == null ? null : codec.encode(codec.parse(value)));
        return this;
    }

    /** The value as text; null is NULL. */
    @Nullable
    String eval(String expression) {
        Evaluation evaluation = Expression.parse(expression).compile(fields, SECRETS);
        Object value = evaluation.of(new OneRow(values));
        return value == null ? null : Codecs.of(evaluation.type()).format(value);
    }

    /** The type's notation. */
    String type(String expression) {
        return Expression.parse(expression).check(fields).notation();
    }

    private record OneRow(List<byte @Nullable []> values) implements Row {
        @Override
        public boolean isNull(int field) {
            return values.get(field) == null;
        }

        @Override
        public byte[] bytes() {
            byte[] all = new byte[0];
            for (byte[] value : values) {
                if (value != null) {
                    int length = all.length;
                    all = java.util.Arrays.copyOf(all, length + value.length);
                    System.arraycopy(value, 0, all, length, value.length);
                }
            }
            return all;
        }

        @Override
        public int offset(int field) {
            return values.subList(0, field).stream()
                    .mapToInt(value -> value == null ? 0 : value.length)
                    .sum();
        }

        @Override
        public int length(int field) {
            byte[] value = values.get(field);
            return value == null ? -1 : value.length;
        }
    }
}
