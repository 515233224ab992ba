package io.godwit.connector.mongodb;

import io.godwit.connector.MalformedRow;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.codec.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonType;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** Documents as tuples. A field that is missing is NULL; one that no column has goes into the rest, or is an error. */
final class DocumentReader {
    private static final int SKIPPED = -1;
    private static final int MOST_ID = 200;

    /** Bytes of a document without fields. */
    private static final int EMPTY = 5;

    private final String collection;
    private final List<MongoColumn> columns;
    private final Map<String, Integer> places = new HashMap<>();
    private final ValueReader[] readers;
    private final byte[][] names;
    private final int rest;
    private final boolean takesOthers;
    private final int[] from;
    private final int[] to;
    private final BsonElements elements = new BsonElements();
    private final FieldWriter values = new FieldWriter();
    private final DocumentBytes others = new DocumentBytes();
    private int expected;

    /**
     * A reader of some columns.
     *
     * @param all the collection's columns
     * @param wanted those of the tuples, in their order
     * @param rest the name of the column that takes what no column has; null: there is none
     */
    DocumentReader(String collection, List<MongoColumn> all, List<MongoColumn> wanted, @Nullable String rest) {
        this.collection = collection;
        this.columns = List.copyOf(wanted);
        // Where it is no column, it is made of others, or says nothing.
        places.put(MongoColumn.ID, SKIPPED);
        all.forEach(column -> places.put(column.name(), SKIPPED));
        int restPlace = SKIPPED;
        for (int i = 0; i < columns.size(); i++) {
            places.put(columns.get(i).name(), i);
            restPlace = columns.get(i).name().equals(rest) ? i : restPlace;
        }
        this.rest = restPlace;
        // A field of that very name goes there too.
        this.takesOthers = rest != null && places.remove(rest) != null;
        this.readers = columns.stream().map(ValueReader::of).toArray(ValueReader[]::new);
        this.names = columns.stream()
                .map(column -> column.name().getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        this.from = new int[columns.size()];
        this.to = new int[columns.size()];
    }

    /**
     * Adds the document's tuple.
     *
     * @return null; or what is wrong with the document, of which nothing was added
     */
    @Nullable
    MalformedRow read(RawBsonDocument document, FieldWriter tuple) {
        values.clear();
        Arrays.fill(from, -1);
        Arrays.fill(to, -1);
        String field = "";
        try {
            others.clear();
            int began = others.begin();
            elements.of(document);
            expected = 0;
            while (elements.next()) {
                int place = place();
                if (place >= 0) {
                    field = columns.get(place).name();
                    value(place);
                    field = "";
                }
            }
            others.end(began);
            rest();
        } catch (InvalidValueException e) {
            String what = field.isEmpty() ? "" : "field " + field + ": ";
            return malformed(document, what + e.getMessage());
        }
        tuple.int2(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            if (to[i] < 0) {
                tuple.int4(-1);
            } else {
                tuple.int4(to[i] - from[i]);
                tuple.bytes(values.array(), from[i], to[i] - from[i]);
            }
        }
        return null;
    }

    /** Documents of one collection mostly have their fields in one order. */
    private int place() {
        if (expected < names.length && expected != rest && elements.isNamed(names[expected])) {
            return expected++;
        }
        String name = elements.name();
        Integer place = places.get(name);
        if (place == null) {
            if (!takesOthers) {
                throw new InvalidValueException("field " + name + " is no column of the collection");
            }
            others.element(elements.type(), elements.nameBytes());
            others.raw(elements.bytes(), elements.from(), elements.length());
            return SKIPPED;
        }
        expected = place + 1;
        return place;
    }

    private void value(int place) {
        if (from[place] >= 0) {
            throw new InvalidValueException("it stands there twice");
        }
        from[place] = values.length();
        boolean absent = elements.type() == BsonType.NULL;
        if (!absent) {
            readers[place].read(elements, values);
            to[place] = values.length();
        }
    }

    private void rest() {
        if (rest >= 0 && others.length() > EMPTY) {
            from[rest] = values.length();
            values.text(ExtendedJson.of(new RawBsonDocument(others.toByteArray())));
            to[rest] = values.length();
        }
    }

    /** {@code collection orders, _id {"$oid": "..."}}. */
    String place(RawBsonDocument document) {
        return "collection " + collection + ", _id " + id(document);
    }

    private String id(RawBsonDocument document) {
        try {
            BsonElements all = new BsonElements().of(document);
            while (all.next()) {
                if (all.name().equals(MongoColumn.ID)) {
                    String id = ExtendedJson.shown(all);
                    return id.length() <= MOST_ID ? id : id.substring(0, MOST_ID) + "...";
                }
            }
        } catch (InvalidValueException e) {
            // Then it has none that could be told.
        }
        return "unknown";
    }

    private MalformedRow malformed(RawBsonDocument document, String reason) {
        byte[] raw = new byte[document.getByteBuffer().remaining()];
        document.getByteBuffer().get(raw);
        return new MalformedRow(
                place(document),
                reason,
                "Mend the document; or declare the collection's columns in " + Schemas.COLLECTION
                        + ", look at more documents with option sample, or name a column for other fields with option"
                        + " rest.",
                raw);
    }
}
