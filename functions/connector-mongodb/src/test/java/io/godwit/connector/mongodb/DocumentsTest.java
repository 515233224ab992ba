package io.godwit.connector.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.MalformedRow;
import io.godwit.connector.RowConsumer;
import io.godwit.connector.Source;
import io.godwit.connector.Source.ReadRequest;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.Split;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.type.codec.FieldWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Collections for which nothing is declared: what a sample makes of them, and what becomes of those unlike it. */
class DocumentsTest {
    private final Collections collections = new Collections(Map.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{$numberInt: '1'} | {$numberInt: '-2'} | int | int4",
                "{$numberInt: '1'} | {$numberLong: '9007199254740993'} | long | int8",
                "{$numberInt: '1'} | {$numberDouble: '0.5'} | double | float8",
                "{$numberDouble: 'NaN'} | {$numberDouble: '-0.0'} | double | float8",
                "{$numberLong: '1'} | {$numberDouble: '0.5'} | bson | json",
                "{$numberInt: '1'} | {$numberDecimal: '0.10'} | decimal | numeric",
                "{$numberDecimal: 'NaN'} | {$numberDecimal: '-Infinity'} | decimal | numeric",
                "{$numberInt: '1'} | {$numberDecimal: '-0'} | bson | json",
                "true | false | bool | bool",
                "'a' | '' | string | text",
                "'a' | {$numberInt: '1'} | bson | json",
                "{$oid: '507f1f77bcf86cd799439011'} | {$oid: '507f1f77bcf86cd799439012'} | objectId | varchar(24)",
                "{$date: {$numberLong: '-1'}} | {$date: {$numberLong: '1'}} | date | timestamptz(3)",
                "{$date: {$numberLong: '9223372036854775807'}} | null | bson | json",
                "{$binary: {base64: 'AQ==', subType: '00'}} | null | binData | bytea",
                "{$binary: {base64: 'AAECAwQFBgcICQoLDA0ODw==', subType: '04'}} | null | uuid | uuid",
                "{$timestamp: {t: 1, i: 2}} | null | bson | json",
                "{$regularExpression: {pattern: 'a', options: 'i'}} | null | bson | json",
                "{$minKey: 1} | {$maxKey: 1} | bson | json",
                "{$code: 'f()'} | null | bson | json",
                "{a: 1} | {b: []} | object | json",
                "[1] | [] | array | json",
                "[1] | {a: 1} | bson | json",
                "null | null | bson | json"
            })
    void columnIsTheNarrowestThatHoldsTheSample(String one, String other, String bson, String type) {
        collections.insert("sampled", "{_id: 1, v: " + one + "}", "{_id: 2, v: " + other + "}");

        TableDescription described = describe(Map.of(), "sampled");

        assertThat(described.primaryKey()).isNotNull();
        assertThat(described.columns()).extracting(Column::name).containsExactly("_id", "v");
        assertThat(described.columns().get(1).nativeType()).isEqualTo(bson);
        assertThat(described.columns().get(1).type().notation()).isEqualTo(type);
        assertThat(read(described, Map.of()).malformed).isEmpty();
    }

    @Test
    void valuesThatNothingHoldsAreCanonicalExtendedJson() {
        collections.insert(
                "mixed",
                "{_id: 1, v: {$numberLong: '1'}}",
                "{_id: 2, v: {a: {$numberDecimal: '-0'}, b: [{$date: {$numberLong: '1'}}]}}",
                "{_id: 3, v: null}",
                "{_id: 4}");

        assertThat(read(describe(Map.of(), "mixed"), Map.of()).texts)
                .containsExactly(
                        "[1, {\"$numberLong\": \"1\"}]",
                        "[2, {\"a\": {\"$numberDecimal\": \"-0\"}, \"b\": [{\"$date\": {\"$numberLong\": \"1\"}}]}]",
                        "[3, null]",
                        "[4, null]");
    }

    @Test
    void documentUnlikeTheSampleIsHandedOverWithCollectionAndId() {
        collections.insert("late", "{_id: 1, v: 1}", "{_id: 2, v: 2}");
        TableDescription described = describe(Map.of(), "late");
        collections.insert(
                "late", "{_id: 3, v: 'three'}", "{_id: 4, w: 4}", "{_id: 5, v: {$numberLong: '5'}}", "{_id: 6}");

        Reading reading = read(described, Map.of());

        assertThat(reading.texts).containsExactly("[1, 1]", "[2, 2]", "[5, 5]", "[6, null]");
        assertThat(reading.malformed)
                .extracting(MalformedRow::place)
                .containsExactly(
                        "collection late, _id {\"$numberInt\": \"3\"}", "collection late, _id {\"$numberInt\": \"4\"}");
        assertThat(reading.malformed)
                .extracting(MalformedRow::reason)
                .containsExactly("field v: a value of BSON type STRING", "field w is no column of the collection");
        assertThat(reading.malformed.get(0).raw()).hasSizeGreaterThan(10);
        assertThat(reading.malformed.get(0).toString()).doesNotContain("three");
    }

    @Test
    void documentThatWasSetAsideIsReadUnderTheColumnsOfNow() {
        collections.insert("again", "{_id: 1, v: 1}");
        TableDescription described = describe(Map.of(), "again");
        collections.insert("again", "{_id: 2, v: 'two'}");
        byte[] raw = read(described, Map.of()).malformed.get(0).raw();
        TableDescription wider = describe(Map.of(), "again");
        Reading before = new Reading(described);
        Reading now = new Reading(wider);

        try (Source source = Collections.source(collections.connection())) {
            source.readAgain(request(described, new Split.Whole(null)), new byte[0], raw, before);
            source.readAgain(request(wider, new Split.Whole(null)), new byte[0], raw, now);
        }

        assertThat(before.malformed).hasSize(1);
        assertThat(before.malformed.get(0).raw()).isEqualTo(raw);
        assertThat(now.texts).containsExactly("[2, \"two\"]");
    }

    @Test
    void restTakesFieldsThatHaveNoColumn() {
        collections.insert("wide", "{_id: 1, v: 1}");
        TableDescription described = describe(Map.of("rest", "others"), "wide");
        collections.insert("wide", "{_id: 2, w: {$numberLong: '4'}, others: 'x', v: 2}");

        assertThat(described.columns()).extracting(Column::name).containsExactly("_id", "v", "others");
        assertThat(read(described, Map.of("rest", "others")).texts)
                .containsExactly("[1, 1, null]", "[2, 2, {\"w\": {\"$numberLong\": \"4\"}, \"others\": \"x\"}]");
    }

    @Test
    void declaredColumnsWin() {
        collections.insert("declared", "{_id: 1, n: 1}", "{_id: 2, n: {$numberDecimal: '1.5'}}");
        collections.insert(
                Schemas.COLLECTION,
                "{_id: 'declared', columns: [{name: 'n', type: 'numeric(12,2)'}, {name: 'x', type: 'text'}]}");
        collections.insert("declared", "{_id: 3, n: {$numberDecimal: '1.555'}}");

        TableDescription described = describe(Map.of(), "declared");
        Reading reading = read(described, Map.of());

        assertThat(described.primaryKey()).isNull();
        assertThat(reading.texts).containsExactly("[1.00, null]", "[1.50, null]");
        assertThat(reading.malformed)
                .extracting(MalformedRow::reason)
                .containsExactly("field n: a number with more digits after the point than its column");
    }

    @Test
    void schemaThatDeclaresNothingIsAnError() {
        collections.insert("wrong", "{_id: 1}");
        collections.insert(
                Schemas.COLLECTION,
                "{_id: 'wrong', columns: [{name: 'n', type: 'int8', bson: 'string'}, {name: 'm', type: 'text', bson: 'date'}]}");

        GodwitException thrown = catchThrowableOfType(GodwitException.class, () -> describe(Map.of(), "wrong"));

        assertThat(thrown.code()).isEqualTo(ErrorCode.SOURCE_REFUSED);
        assertThat(thrown).hasMessageContaining("column m").hasMessageContaining(Schemas.COLLECTION);
    }

    @Test
    void idsOfSeveralTypesAreReadAsOne() {
        for (int i = 0; i < 50; i++) {
            collections.insert("brackets", "{_id: " + (i % 2 == 0 ? i : "'" + i + "'") + "}");
        }
        TableDescription described = describe(Map.of(), "brackets");
        try (Source source = Collections.source(collections.connection())) {
            var splits = source.split(new SplitSource(collections.connection(), described, null, null, 100));

            assertThat(splits.splits()).hasSize(1);
            assertThat(splits.reason()).contains("several BSON types");
        }
    }

    /** Of another type than all when the bounds were chosen, and a number that compares with none. */
    @Test
    void idThatComparesWithNoBoundIsInExactlyOneSplit() {
        for (int i = 0; i < 50; i++) {
            collections.insert("strangers", "{_id: " + i + "}");
        }
        TableDescription described = describe(Map.of(), "strangers");
        Reading reading = new Reading(described);
        try (Source source = Collections.source(collections.connection())) {
            var splits = source.split(new SplitSource(collections.connection(), described, null, null, 100));
            collections.insert("strangers", "{_id: 'late'}", "{_id: {$numberDouble: 'NaN'}}");
            assertThat(splits.splits()).hasSizeGreaterThan(2);

            splits.splits().forEach(split -> source.read(request(described, split.split()), reading));
        }

        assertThat(reading.texts.size() + reading.malformed.size()).isEqualTo(52);
    }

    @ParameterizedTest
    @CsvSource({"tlsCAFile, /etc/passwd", "authMechanism, GSSAPI", "sslMode, trust", "sample, 0", "replicaSet, a/b"})
    void optionThatIsNotAllowedIsRefused(String name, String value) {
        Collections other = new Collections(Map.of(name, value));

        GodwitException thrown =
                catchThrowableOfType(GodwitException.class, () -> Collections.source(other.connection()));

        assertThat(thrown.code()).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
        assertThat(thrown).hasMessageContaining(name);
    }

    private TableDescription describe(Map<String, String> options, String collection) {
        try (Source source = Collections.source(collections.with(options))) {
            return source.describe(List.of(collections.tableName(collection))).get(0);
        }
    }

    private Reading read(TableDescription described, Map<String, String> options) {
        Reading reading = new Reading(described);
        try (Source source = Collections.source(collections.with(options))) {
            source.read(request(described, new Split.Whole(null)), reading);
        }
        return reading;
    }

    private static ReadRequest request(TableDescription described, Split split) {
        return new ReadRequest(described, described.columns(), null, split, null, 1 << 20, null);
    }

    private static final class Reading implements RowConsumer {
        private final List<String> texts = new ArrayList<>();
        private final List<MalformedRow> malformed = new ArrayList<>();
        private final FieldTexts fields;

        Reading(TableDescription described) {
            fields = new FieldTexts(
                    described.columns().stream().map(MongoColumn::of).toList());
        }

        @Override
        public void row(byte[] bytes, int offset, int length) {
            FieldWriter tuple = new FieldWriter();
            tuple.bytes(bytes, offset, length);
            texts.add(fields.of(tuple).toString());
        }

        @Override
        public void malformed(MalformedRow row) {
            malformed.add(row);
        }
    }
}
