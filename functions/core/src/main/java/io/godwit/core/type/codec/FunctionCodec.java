package io.godwit.core.type.codec;

import java.util.function.BiConsumer;
import java.util.function.Function;

/** A codec of four functions. */
record FunctionCodec<T>(
        Function<FieldReader, T> reader,
        BiConsumer<FieldWriter, T> writer,
        Function<T, String> formatter,
        Function<String, T> parser)
        implements Codec<T> {

    @Override
    public T read(FieldReader in) {
        return reader.apply(in);
    }

    @Override
    public void write(T value, FieldWriter out) {
        writer.accept(out, value);
    }

    @Override
    public String format(T value) {
        return formatter.apply(value);
    }

    @Override
    public T parse(String text) {
        return parser.apply(text);
    }
}
