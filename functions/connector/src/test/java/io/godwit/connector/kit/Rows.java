package io.godwit.connector.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.core.row.RowHash;
import io.godwit.core.row.TupleBuilder;
import io.godwit.core.row.TupleFields;
import io.godwit.core.run.Digest;
import io.godwit.core.run.Tally;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of the kit's table, {@code (id int8, name text)}, as they lie on the wire. */
final class Rows {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int count;
    private long digest;

    private Rows() {}

    static Rows none() {
        return new Rows();
    }

    /** One row {@code (id, "row <id>")} for each id. */
    static Rows of(long... ids) {
        Rows rows = none();
        Arrays.stream(ids).forEach(id -> rows.and(id, "row " + id));
        return rows;
    }

    /** Rows from {@code first} to {@code last}, both inclusive. */
    static Rows range(long first, long last) {
        Rows rows = none();
        for (long id = first; id <= last; id++) {
            rows.and(id, "row " + id);
        }
        return rows;
    }

    Rows and(@Nullable Long id, @Nullable String name) {
        add(TupleBuilder.tuple(Arrays.asList(
                id == null ? null : ByteBuffer.allocate(8).putLong(id).array(),
                name == null ? null : name.getBytes(UTF_8))));
        return this;
    }

    /** Rows of a table that has only the column {@code id}. */
    static Rows ofIdsOnly(long... ids) {
        Rows rows = none();
        Arrays.stream(ids)
                .forEach(id -> rows.add(TupleBuilder.tuple(
                        List.of(ByteBuffer.allocate(8).putLong(id).array()))));
        return rows;
    }

    private void add(byte[] tuple) {
        bytes.writeBytes(tuple);
        count++;
        digest += RowHash.of(tuple, 0, tuple.length);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    int count() {
        return count;
    }

    Tally tally() {
        return new Tally(count, bytes.size(), new Digest(digest));
    }

    /** {@code id=name}, for comparison. */
    static String text(byte[] bytes, int offset, int length) {
        TupleFields fields = new TupleFields(2);
        fields.of(bytes, offset, offset + length);
        return ByteBuffer.wrap(fields.copy(0)).getLong() + "="
                + (fields.isNull(1) ? "NULL" : new String(fields.copy(1), UTF_8));
    }

    /** As {@link #text}, of {@link #of}. */
    static List<String> texts(long... ids) {
        List<String> texts = new ArrayList<>();
        Arrays.stream(ids).forEach(id -> texts.add(id + "=row " + id));
        return texts;
    }
}
