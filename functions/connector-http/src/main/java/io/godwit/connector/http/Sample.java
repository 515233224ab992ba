package io.godwit.connector.http;

import io.godwit.connector.json.JsonField;
import io.godwit.connector.json.JsonFields;
import io.godwit.connector.json.JsonRowException;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first rows of a table, and what they say of it. */
final class Sample {
    private static final int MOST_ROWS = 1000;
    private static final long MOST_BYTES = 1 << 20;

    private final @Nullable List<JsonField> declared;
    private final JsonFields seen = new JsonFields();
    private long rows;
    private long bytes;
    private @Nullable String unfit;
    private long total = -1;

    Sample(@Nullable List<JsonField> declared) {
        this.declared = declared;
    }

    /** One row; false when it was enough. */
    boolean row(Page page, Scanner at, long index) {
        rows++;
        bytes += at.length();
        if (declared == null) {
            try {
                seen.see(at.bytes(), at.offset(), at.length());
            } catch (JsonRowException e) {
                unfit = page.place() + ", row " + index + ": " + e.getMessage();
            }
        }
        return rows < MOST_ROWS && bytes < MOST_BYTES;
    }

    /** @throws UnfitAnswerException where no row was one */
    void end(@Nullable Long said, Answer answer) throws IOException {
        if (unfit != null && seen.fields().isEmpty()) {
            throw new UnfitAnswerException(unfit + ". Check option rows");
        }
        total = said == null ? -1 : said;
        rows = Math.max(rows, answer.rows());
    }

    /** As declared; else the narrowest types that hold the rows that were seen. */
    List<JsonField> columns() {
        return declared == null ? seen.fields() : declared;
    }

    TableDescription describe(TableName name) {
        return new TableDescription(
                name,
                "resource",
                columns().stream()
                        .map(field -> new Column(
                                field.name(),
                                field.type(),
                                field.type().notation(),
                                true,
                                null,
                                false,
                                null,
                                null,
                                null))
                        .toList(),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                total,
                total < 0 || rows == 0 ? -1 : total * (bytes / rows));
    }
}
