package io.godwit.connector.opensearch;

import io.godwit.connector.json.JsonField;
import io.godwit.connector.json.JsonRowWriter;
import io.godwit.core.row.TupleFields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Documents that are sent together, each with the row that it was made of: the cluster may refuse it. */
final class Bulk {
    private final Pieces documents = new Pieces();
    private final Pieces rows = new Pieces();
    private final JsonRowWriter writer;

    Bulk(List<JsonField> columns) {
        this.writer = new JsonRowWriter(documents, columns);
    }

    /** Bytes, and where each piece of them ends. */
    private static final class Pieces extends ByteArrayOutputStream {
        private final List<Integer> ends = new ArrayList<>(List.of(0));

        void end() {
            ends.add(size());
        }

        byte[] of(int from, int to) {
            return Arrays.copyOfRange(buf, ends.get(from), ends.get(to));
        }

        @Override
        public synchronized void reset() {
            super.reset();
            ends.subList(1, ends.size()).clear();
        }
    }

    /** Adds the row that the fields see, as a document of that id and routing. */
    void add(String id, String routing, TupleFields row, int offset, int length) {
        String action = "{\"index\":{\"_id\":\"" + id + "\",\"routing\":\"" + routing + "\"}}\n";
        try {
            documents.write(action.getBytes(StandardCharsets.UTF_8));
            writer.row(row);
            writer.raw('\n');
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // bytes in memory are always written
        }
        documents.end();
        rows.write(row.bytes(), offset, length);
        rows.end();
    }

    int documents() {
        return documents.ends.size() - 1;
    }

    int bytes() {
        return documents.size();
    }

    /** What is sent of some of the documents, the last exclusive. */
    byte[] body(int from, int to) {
        return documents.of(from, to);
    }

    /** The row that a document was made of. */
    byte[] row(int document) {
        return rows.of(document, document + 1);
    }

    void clear() {
        documents.reset();
        rows.reset();
    }
}
