package io.godwit.connector.mongodb;

import io.godwit.core.row.TupleFields;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.FieldWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts of a tuple's fields. */
final class FieldTexts {
    private final List<Codec<Object>> codecs;
    private final TupleFields fields;

    FieldTexts(List<MongoColumn> columns) {
        this.codecs = columns.stream().map(column -> Codecs.of(column.type())).toList();
        this.fields = new TupleFields(columns.size());
    }

    /** Null is NULL. */
    List<@Nullable String> of(FieldWriter tuple) {
        fields.of(tuple.array(), 0, tuple.length());
        List<@Nullable String> texts = new ArrayList<>();
        for (int i = 0; i < codecs.size(); i++) {
            texts.add(fields.isNull(i) ? null : text(codecs.get(i), fields, i));
        }
        return texts;
    }

    static String text(Codec<Object> codec, TupleFields fields, int field) {
        return codec.format(codec.decode(fields.bytes(), fields.offset(field), fields.length(field)));
    }
}
