package io.godwit.connector.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.row.TupleFields;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.codec.InvalidValueException;
import java.util.List;
import org.bson.BsonType;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of BSON types that the server of the tests does not know, and documents that no map would show. */
class ValuesTest {
    private static final List<MongoColumn> COLUMNS =
            List.of(new MongoColumn("_id", Form.INT.type(), Form.INT), new MongoColumn("v", Form.ANY.type(), Form.ANY));

    /** As canonical extended JSON has it, each BSON type there is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$numberDouble\": \"-0.0\"}",
                "\"text\"",
                "{\"a\": {\"$numberInt\": \"1\"}}",
                "[{\"$numberInt\": \"1\"}, null]",
                "{\"$binary\": {\"base64\": \"AQ==\", \"subType\": \"05\"}}",
                "{\"$undefined\": true}",
                "{\"$oid\": \"507f1f77bcf86cd799439011\"}",
                "true",
                "{\"$date\": {\"$numberLong\": \"9223372036854775807\"}}",
                "{\"$regularExpression\": {\"pattern\": \"a\", \"options\": \"i\"}}",
                "{\"$dbPointer\": {\"$ref\": \"a.b\", \"$id\": {\"$oid\": \"507f1f77bcf86cd799439011\"}}}",
                "{\"$code\": \"f()\"}",
                "{\"$symbol\": \"s\"}",
                "{\"$code\": \"f()\", \"$scope\": {\"x\": {\"$numberInt\": \"1\"}}}",
                "{\"$numberInt\": \"1\"}",
                "{\"$timestamp\": {\"t\": 1, \"i\": 2}}",
                "{\"$numberLong\": \"1\"}",
                "{\"$numberDecimal\": \"-0E+3\"}",
                "{\"$minKey\": 1}",
                "{\"$maxKey\": 1}"
            })
    void everyTypeGoesIntoADocumentAndBackAsItIs(String json) {
        RawBsonDocument document = RawBsonDocument.parse("{\"_id\": {\"$numberInt\": \"1\"}, \"v\": " + json + "}");
        FieldWriter tuple = new FieldWriter();

        assertThat(reader().read(document, tuple)).isNull();

        TupleFields fields = new TupleFields(2);
        fields.of(tuple.array(), 0, tuple.length());
        assertThat(new String(fields.copy(1), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(json);
        byte[] written = new DocumentWriter(COLUMNS, Identity.of(COLUMNS, List.of()), "").document(fields, 0);
        assertThat(new RawBsonDocument(written)).isEqualTo(document);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}",
                "1",
                "{\"$numberInt\": \"1\"}, \"w\": 2",
                "1.00",
                "nothing",
                "",
                "{\"$numberLong\": 1}"
            })
    void jsonThatIsNotCanonicalIsRefused(String json) {
        assertThatThrownBy(() -> ExtendedJson.parse(json)).isInstanceOf(InvalidValueException.class);
    }

    /** By type and bytes of BSON in hexadecimal digits: what the driver makes a text of that says something else. */
    @ParameterizedTest
    @CsvSource({
        "STRING, 0500000065eda08000",
        "STRING, 020000008000",
        "DOUBLE, 010000000000f87f",
        "DOUBLE, 000000000000f8ff",
        "DECIMAL128, 000000000000000000000000000000fc",
        "DOCUMENT, 0e00000002610002000000ff0000",
        "ARRAY, 0c0000001035000100000000",
        "DOCUMENT, 0c00000010ff000100000000"
    })
    void valueThatTheTextWouldNotSayIsMalformed(BsonType type, String hex) {
        DocumentBytes bytes = new DocumentBytes();
        int began = bytes.begin();
        bytes.element(type, new byte[] {'v'});
        byte[] value = java.util.HexFormat.of().parseHex(hex);
        bytes.raw(value, 0, value.length);
        bytes.end(began);

        var malformed = reader().read(new RawBsonDocument(bytes.toByteArray()), new FieldWriter());

        assertThat(malformed).isNotNull();
        assertThat(malformed.reason()).startsWith("field v");
    }

    @Test
    void equalNamesInANestedDocumentStay() {
        String json = "{\"a\": {\"$numberInt\": \"1\"}, \"a\": {\"$numberInt\": \"2\"}}";

        assertThat(ExtendedJson.of(ExtendedJson.parse(json))).isEqualTo(json);
    }

    @Test
    void fieldThatStandsThereTwiceIsMalformed() {
        DocumentBytes bytes = new DocumentBytes();
        int began = bytes.begin();
        for (int i = 0; i < 2; i++) {
            bytes.element(BsonType.INT32, new byte[] {'v'});
            bytes.int4(i);
        }
        bytes.end(began);

        var malformed = reader().read(new RawBsonDocument(bytes.toByteArray()), new FieldWriter());

        assertThat(malformed).isNotNull();
        assertThat(malformed.reason()).contains("twice");
    }

    private static DocumentReader reader() {
        return new DocumentReader("values", COLUMNS, COLUMNS, null);
    }
}
