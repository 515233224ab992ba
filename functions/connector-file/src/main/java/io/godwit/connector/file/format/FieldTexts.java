package io.godwit.connector.file.format;

import io.godwit.connector.json.FieldText;
import io.godwit.core.row.TupleFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts of a row's values. */
public final class FieldTexts {
    private final List<FieldText> texts;

    public FieldTexts(List<FileColumn> columns) {
        this.texts = columns.stream().map(column -> FieldText.of(column.type())).toList();
    }

    /** One text a field; null is NULL. */
    public List<@Nullable String> of(TupleFields tuple) {
        List<@Nullable String> values = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            values.add(tuple.isNull(i) ? null : texts.get(i).of(tuple.bytes(), tuple.offset(i), tuple.length(i)));
        }
        return values;
    }
}
