package io.godwit.connector.mongodb;

import io.godwit.core.type.codec.InvalidValueException;
import java.nio.ByteBuffer;
import org.bson.BSONException;
import org.bson.RawBsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonParseException;
import org.bson.json.JsonWriterSettings;

/**
 * Values as canonical extended JSON, which names each value's BSON type, and back: {@code {"$numberLong": "1"}}. Equal
 * names in a nested document stay.
 */
final class ExtendedJson {
    private static final byte[] NAME = {'v'};
    private static final String BEFORE = "{\"v\": ";
    private static final JsonWriterSettings CANONICAL =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

    private ExtendedJson() {}

    /** @throws InvalidValueException where the text would not say all of the document, and be read as another one */
    static String of(RawBsonDocument document) {
        try {
            String json = document.toJson(CANONICAL);
            if (bytes(RawBsonDocument.parse(json)).equals(bytes(document))) {
                return json;
            }
        } catch (JsonParseException | BSONException | IllegalArgumentException | IllegalStateException e) {
            throw new InvalidValueException("not a value of BSON");
        }
        // Bytes that are no UTF-8, a NaN with more to it, an array that does not count from 0.
        throw new InvalidValueException("a value that extended JSON does not show as it is");
    }

    /** @throws InvalidValueException where the text would not say all of the value */
    static String of(BsonElements element) {
        return value(of(wrapped(element)));
    }

    /** For people, and for bounds: what it does not say of a value is left out. */
    static String shown(BsonElements element) {
        try {
            return value(wrapped(element).toJson(CANONICAL));
        } catch (BSONException | IllegalArgumentException | IllegalStateException e) {
            throw new InvalidValueException("not a value of BSON");
        }
    }

    private static RawBsonDocument wrapped(BsonElements element) {
        DocumentBytes wrapped = new DocumentBytes();
        int began = wrapped.begin();
        wrapped.element(element.type(), NAME);
        wrapped.raw(element.bytes(), element.from(), element.length());
        wrapped.end(began);
        return new RawBsonDocument(wrapped.toByteArray());
    }

    private static String value(String wrapped) {
        return wrapped.substring(BEFORE.length(), wrapped.length() - 1);
    }

    private static ByteBuffer bytes(RawBsonDocument document) {
        return document.getByteBuffer().asNIO();
    }

    /**
     * The element that has the value.
     *
     * @throws InvalidValueException where the text is not the very text that {@link #shown} makes: what it says in
     *     another way might be read as something else
     */
    static BsonElements parse(String json) {
        try {
            BsonElements elements = new BsonElements().of(RawBsonDocument.parse(BEFORE + json + "}"));
            if (elements.next() && json.equals(shown(elements))) {
                return elements;
            }
        } catch (JsonParseException | BSONException | IllegalArgumentException | IllegalStateException e) {
            throw new InvalidValueException("not extended JSON");
        }
        throw new InvalidValueException("not canonical extended JSON");
    }
}
