package io.godwit.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.MalformedRow;
import io.godwit.connector.RowConsumer;
import io.godwit.connector.Source;
import io.godwit.connector.Source.ReadRequest;
import io.godwit.connector.file.format.FieldTexts;
import io.godwit.connector.file.format.FileColumn;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.Split;
import io.godwit.core.question.SourceQuestions.SplitAgain;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.core.row.TupleFields;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that others wrote: each row is read once and as it is, or the place is named where it cannot be. */
class FileReadingTest {
    /**
     * Line ends and delimiters within quotes, doubled quotes, all three line ends, a mark, an empty line, no last line
     * end.
     */
    private static final String HARD = "\uFEFFid,\"the, text\"\r\n"
            + "1,plain\r\n"
            + "2,\"two\nlines\"\n"
            + "3,\"cr\r\nlf, and \"\"quotes\"\"\"\r"
            + "4,\n"
            + "5,\"\"\n"
            + "\n"
            + "6,a \"quote\" inside\n"
            + "7,\"ünï 🐦\"";

    private static final List<List<@Nullable String>> HARD_ROWS = List.of(
            List.of("1", "plain"),
            List.of("2", "two\nlines"),
            List.of("3", "cr\r\nlf, and \"quotes\""),
            Arrays.asList("4", null),
            List.of("5", ""),
            List.of("6", "a \"quote\" inside"),
            List.of("7", "ünï 🐦"));

    private final Folder folder = new Folder(Map.of());

    @ParameterizedTest
    @ValueSource(longs = {1, 5, 17, 40, 1000})
    void everyRowOfCsvIsInOnePart(long splitBytes) {
        folder.write("hard.csv", HARD);
        Source source = folder.source();
        TableDescription table = table(source, "hard");

        List<PlannedSplit> splits = splits(source, table, splitBytes);

        assertThat(rows(source, table, splits)).isEqualTo(HARD_ROWS);
        assertThat(splits).hasSizeBetween(splitBytes == 1000 ? 1 : 2, 10);
    }

    @Test
    void partsAreCutAgain() {
        folder.write("hard.csv", HARD);
        Source source = folder.source();
        TableDescription table = table(source, "hard");
        List<PlannedSplit> halves = source.splitAgain(new SplitAgain(
                        folder.connection(),
                        table,
                        null,
                        null,
                        splits(source, table, 1000).get(0)))
                .splits();

        assertThat(halves).hasSize(2);
        assertThat(rows(source, table, halves)).isEqualTo(HARD_ROWS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 9, 30, 1000})
    void everyRowOfJsonLinesIsInOnePart(long splitBytes) {
        Folder lines = new Folder(Map.of("format", "jsonl"));
        lines.write(
                "hard.jsonl",
                "{\"id\": 1, \"t\": \"two\\nlines\"}\r\n{\"id\": 2}\n\n{\"t\": \"🐦\", \"id\": 3}\n{\"id\":4,\"t\":null}");
        Source source = lines.source();
        TableDescription table =
                source.describe(List.of(lines.tableName("hard"))).get(0);
        List<PlannedSplit> splits = source.split(new SplitSource(lines.connection(), table, null, null, splitBytes))
                .splits();

        assertThat(rows(source, table, splits))
                .isEqualTo(List.of(
                        List.of("1", "two\nlines"),
                        Arrays.asList("2", null),
                        List.of("3", "🐦"),
                        Arrays.asList("4", null)));
    }

    @Test
    void folderIsReadByColumnNamesWhateverTheirOrder() {
        folder.write("all/2026/one.csv", "a,b\n1,x\n");
        folder.write("all/two.csv", "b,a\ny,2\n");
        folder.write("all/_not.csv", "z\n3\n");
        folder.write("all/.hidden.csv", "z\n4\n");
        Source source = folder.source();
        TableDescription table = table(source, "all");

        assertThat(table.columns()).extracting(Column::name).containsExactly("a", "b");
        assertThat(rows(source, table, splits(source, table, 1000)))
                .containsExactlyInAnyOrder(List.of("1", "x"), List.of("2", "y"));
    }

    @Test
    void compressedFilesAreRead() {
        folder.write("packed.csv.gz", gzip(out -> out.write(HARD.getBytes(StandardCharsets.UTF_8))));
        Source source = folder.source();
        TableDescription table = table(source, "packed");
        List<PlannedSplit> splits = splits(source, table, 1);

        assertThat(splits).hasSize(1);
        assertThat(rows(source, table, splits)).isEqualTo(HARD_ROWS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,-2|int8",
                "1,2.50|numeric",
                "007|text",
                "true,false|bool",
                "2026-02-28|date",
                "2026-02-30|text",
                "2026-02-28T10:00:00|timestamp",
                "2026-02-28 10:00:00.5+01:00|timestamptz",
                "1,x|text",
                "99999999999999999999|numeric",
                "''|text"
            })
    void typesAreGuessedFromAllValuesOfASample(String values, String type) {
        folder.write(
                "guess.csv",
                "c,d\n" + values.replace(",", ",\n").replace("\n", ",\n").replace(",,", ",") + ",\n");
        Source source = folder.source();

        assertThat(table(source, "guess").columns().get(0).type().notation()).isEqualTo(type);
    }

    @Test
    void declaredTypesWinAndOtherEncodingsAreRead() {
        Folder latin =
                new Folder(Map.of("encoding", "windows-1252", "delimiter", ";", "null", "NULL", "header", "false"));
        latin.write("t.csv", "1;Größe €;NULL\n2;\"NULL\";x\n".getBytes(Charset.forName("windows-1252")));
        latin.write(
                "t_schema.json",
                "{\"version\": 1, \"columns\": [{\"name\": \"id\", \"type\": \"int2\"}, "
                        + "{\"name\": \"name\", \"type\": \"text\"}, {\"name\": \"more\", \"type\": \"varchar(5)\"}]}");
        Source source = latin.source();
        TableDescription table = source.describe(List.of(latin.tableName("t"))).get(0);

        assertThat(table.columns())
                .extracting(column -> column.type().notation())
                .containsExactly("int2", "text", "varchar(5)");
        assertThat(rows(source, table, splits(source, table, 1000)))
                .isEqualTo(List.of(Arrays.asList("1", "Größe €", null), List.of("2", "NULL", "x")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5,x,SECRET|a row of 3 fields, where there are 2 columns",
                "SECRET,x|column id: not a value of int8",
                "5,\"SECRET\"x|no CSV",
                "ENCODING|not of the file's encoding"
            })
    void rowThatCannotBeReadIsNamedByFileAndLineAndNotShown(String row, String reason) {
        StringBuilder text = new StringBuilder("id,name\n");
        for (int i = 0; i < 100; i++) {
            text.append(i).append(",\"n\nn\"\n");
        }
        byte[] bad = row.equals("ENCODING")
                ? new byte[] {(byte) 0xC3, ',', 'S', '\n'}
                : (row + "\n").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
        all.writeBytes(bad);
        folder.write("bad.csv", all.toByteArray());
        folder.write(
                "bad_schema.json",
                "{\"version\": 1, \"columns\": [{\"name\": \"id\", \"type\": \"int8\"}, {\"name\": \"name\", \"type\": \"text\"}]}");
        Source source = folder.source();
        TableDescription table = table(source, "bad");

        for (long splitBytes : new long[] {300, 10_000}) {
            GodwitException refused = refused(() -> rows(source, table, splits(source, table, splitBytes)));

            assertThat(refused.code()).isEqualTo(ErrorCode.ROW_NOT_CONVERTIBLE);
            assertThat(inFile(String.valueOf(refused.getMessage()), all.toByteArray()))
                    .contains("bad.csv, line 202: ")
                    .contains(reason);
            assertThat(refused.toString()).doesNotContain("SECRET");
        }
    }

    /** A row that cannot be read ends where the grammar of quotes says, and the next one is read: in any part. */
    @ParameterizedTest
    @ValueSource(longs = {1, 11, 23, 40, 1000})
    void malformedRowsOfCsvAreHandedOverAndTheOthersAreRead(long splitBytes) {
        MixedRows mixed = mixed(folder, "mixed.csv", BROKEN, splitBytes);

        assertThat(mixed.rows()).extracting(row -> row.get(0)).containsExactly("1", "3", "6", "9", "12");
        assertThat(mixed.malformed())
                .extracting(row -> inFile(row.place(), BROKEN) + "|" + new String(row.raw(), StandardCharsets.UTF_8))
                .containsExactly(
                        "mixed.csv, line 3|2,x,\"y,z\"",
                        "mixed.csv, line 5|4,\"a\"b",
                        "mixed.csv, line 6|x,5",
                        "mixed.csv, line 8|7,\"two\nlines\" more",
                        "mixed.csv, line 10|8",
                        "mixed.csv, line 12|11,�",
                        "mixed.csv, line 14|13,\"open\n14,z");
        assertThat(mixed.malformed()).allSatisfy(row -> assertThat(row.reason()).doesNotContain("more", "open"));
    }

    @Test
    void malformedRowsOfACompressedFileAreHandedOverLikewise() {
        folder.write("packed.csv.gz", gzip(out -> out.write(BROKEN)));

        MixedRows mixed = mixed(folder, "packed.csv.gz", null, 1000);
        MixedRows plain = mixed(folder, "plain.csv", BROKEN, 1000);

        assertThat(mixed.rows()).isEqualTo(plain.rows());
        assertThat(mixed.malformed())
                .extracting(row -> row.place().replace("packed.csv.gz", "plain.csv") + "|"
                        + new String(row.raw(), StandardCharsets.UTF_8))
                .isEqualTo(plain.malformed().stream()
                        .map(row -> row.place() + "|" + new String(row.raw(), StandardCharsets.UTF_8))
                        .toList());
    }

    /** Each line in turn, with all kinds of line ends and in all kinds of neighbourhoods, over more than one buffer. */
    @Test
    void malformedRowsOfALargeCompressedFileAreWhereTheyAreInAPlainOne() {
        Random random = new Random(20261129);
        String pad = "p".repeat(30);
        List<String> rows = List.of(
                "1," + pad,
                "2,\"b\nb\"",
                "3,\"c\r\nc\"",
                "4,\"d\"" + pad,
                "5,\"e\ne\"x,\"\"",
                "6",
                "",
                "7,a\"b",
                "x,8");
        StringBuilder text = new StringBuilder("id,name\n");
        for (int i = 0; i < 12_000; i++) {
            text.append(rows.get(random.nextInt(rows.size())))
                    .append(List.of("\n", "\r\n", "\r").get(random.nextInt(3)));
        }
        text.append("9,\"open\n\n");
        byte[] content = text.toString().getBytes(StandardCharsets.UTF_8);
        folder.write("large.csv.gz", gzip(out -> out.write(content)));

        MixedRows packed = mixed(folder, "large.csv.gz", null, Long.MAX_VALUE);
        MixedRows plain = mixed(folder, "whole.csv", content, Long.MAX_VALUE);

        assertThat(packed.rows()).isEqualTo(plain.rows());
        assertThat(packed.malformed()).hasSizeGreaterThan(4_000).hasSameSizeAs(plain.malformed());
        for (int i = 0; i < packed.malformed().size(); i++) {
            assertThat(packed.malformed().get(i).raw())
                    .isEqualTo(plain.malformed().get(i).raw());
            assertThat(packed.malformed().get(i).place())
                    .isEqualTo(plain.malformed().get(i).place().replace("whole.csv", "large.csv.gz"));
        }
    }

    /** It may lie behind hundreds of gigabytes in a bucket. */
    @Test
    void malformedRowOfTheLastPartReadsNothingBeforeIt() {
        StringBuilder text = new StringBuilder("id,name\n");
        for (int i = 0; i < 1050; i++) {
            text.append("1,some text\n");
        }
        text.append("2,\"no\"csv\n3,x,y\n4,d\n");
        ReadBytes bytes = new ReadBytes(folder);
        Folder counting = new Folder(bytes.connector(), folder.connection());

        mixed(folder, "counted.csv", text.toString().getBytes(StandardCharsets.UTF_8), 4000);
        MixedRows last = MixedRows.ofLastPart(counting, "counted", 4000, bytes::clear);

        assertThat(last.malformed()).hasSize(2);
        assertThat(last.malformed().get(0).place())
                .startsWith("counted.csv, line ")
                .contains(" after byte ");
        // The header; then its bytes once, and once more for the record that cannot be taken apart.
        assertThat(bytes.opened()).filteredOn(first -> first > 0).isNotEmpty().allMatch(first -> first >= 12_000);
        assertThat(bytes.opened()).filteredOn(first -> first == 0).hasSize(1);
    }

    @Test
    void compressedFileIsReadOnceHoweverManyRowsAreMalformed() {
        byte[] content = ("id,name\n" + "1,\"no\"csv\n".repeat(5000)).getBytes(StandardCharsets.UTF_8);
        folder.write("once.csv.gz", gzip(out -> out.write(content)));
        mixed(folder, "once.csv.gz", null, Long.MAX_VALUE);
        ReadBytes bytes = new ReadBytes(folder);

        MixedRows mixed = MixedRows.of(new Folder(bytes.connector(), folder.connection()), "once", Long.MAX_VALUE);

        assertThat(mixed.malformed()).hasSize(5000);
        assertThat(bytes.opened()).as("the header, and the rows").hasSizeLessThanOrEqualTo(4);
    }

    /** Tells the line in its file where the line in its part is told. */
    private static String inFile(String place, byte[] file) {
        Matcher part = Pattern.compile("line (\\d+) after byte (\\d+)").matcher(place);
        if (!part.find()) {
            return place;
        }
        int before = Integer.parseInt(part.group(2));
        long lines = new String(file, 0, before, StandardCharsets.ISO_8859_1)
                .chars()
                .filter(c -> c == '\n')
                .count();
        return part.replaceFirst("line " + (lines + Long.parseLong(part.group(1))));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20, 1000})
    void malformedLinesOfJsonAreHandedOverAndTheOthersAreRead(long splitBytes) {
        Folder lines = new Folder(Map.of("format", "jsonl"));
        String text = "{\"id\": 1, \"name\": \"a\"}\n{\"id\": 2,\r\n[3]\n\n{\"id\": \"x\"}\n{\"id\": 5, \"more\": 1}\n"
                + "{\"id\": 6} {}\n{\"id\": 7, \"name\": " + "[".repeat(2000)
                + "\n{\"id\": 8, \"name\": 5}\n{\"id\": 9}";

        MixedRows mixed = mixed(lines, "mixed.jsonl", text.getBytes(StandardCharsets.UTF_8), splitBytes);

        assertThat(mixed.rows()).extracting(row -> row.get(0)).containsExactly("1", "9");
        assertThat(mixed.malformed())
                .extracting(row -> inFile(row.place(), text.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(
                        "mixed.jsonl, line 2",
                        "mixed.jsonl, line 3",
                        "mixed.jsonl, line 5",
                        "mixed.jsonl, line 6",
                        "mixed.jsonl, line 7",
                        "mixed.jsonl, line 8",
                        "mixed.jsonl, line 9");
        assertThat(mixed.malformed().get(0).raw())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"id\": 2,");
    }

    /** Where each row stands is told as well as where a malformed one does. */
    @Test
    void placesOfRowsAreTold() {
        assertThat(mixed(folder, "mixed.csv", BROKEN, 23).places())
                .extracting(place -> inFile(place, BROKEN))
                .containsExactly(
                        "mixed.csv, line 2",
                        "mixed.csv, line 4",
                        "mixed.csv, line 7",
                        "mixed.csv, line 11",
                        "mixed.csv, line 13");
    }

    private static final byte[] BROKEN = broken();

    private static byte[] broken() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("id,name\n1,a\n2,x,\"y,z\"\n3,\"b\"\r\n4,\"a\"b\nx,5\n6,c\n7,\"two\nlines\" more\n8\n9,d\n11,"
                .getBytes(StandardCharsets.UTF_8));
        bytes.write(0xFF);
        bytes.writeBytes("\n12,e\n13,\"open\n14,z\n".getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    /** All that a table {@code (id int8, name text)} gives. */
    private static MixedRows mixed(Folder folder, String file, byte @Nullable [] content, long splitBytes) {
        if (content != null) {
            folder.write(file, content);
        }
        String name = file.substring(0, file.indexOf('.'));
        folder.write(
                name + "_schema.json",
                "{\"version\": 1, \"columns\": [{\"name\": \"id\", \"type\": \"int8\"}, {\"name\": \"name\", \"type\": \"text\"}]}");
        return MixedRows.of(folder, name, splitBytes);
    }

    @Test
    void fileThatUnpacksToAnEndlessRowIsRefused() {
        folder.write("bomb.csv.gz", gzip(out -> {
            out.write("a,b\n1,\"".getBytes(StandardCharsets.UTF_8));
            byte[] much = new byte[1 << 20];
            Arrays.fill(much, (byte) 'x');
            for (int i = 0; i < 200; i++) {
                out.write(much);
            }
        }));
        folder.write(
                "bomb_schema.json",
                "{\"version\": 1, \"columns\": [{\"name\": \"a\", \"type\": \"int8\"}, {\"name\": \"b\", \"type\": \"text\"}]}");
        Source source = folder.source();
        TableDescription table = table(source, "bomb");

        assertThat(refused(() -> rows(source, table, splits(source, table, 1000)))
                        .code())
                .isEqualTo(ErrorCode.ROW_TOO_LARGE);
    }

    @Test
    void fileThatChangedSinceThePlanIsRefused() {
        folder.write("moving.csv", "a\n1\n2\n");
        Source source = folder.source();
        TableDescription table = table(source, "moving");
        List<PlannedSplit> splits = splits(source, table, 1000);

        folder.write("moving.csv", "a\n1\n3\n");

        assertThat(refused(() -> rows(source, table, splits)).code()).isEqualTo(ErrorCode.SOURCE_CHANGED);
    }

    @Test
    void fileThatChangesWhileItIsReadIsRefused() {
        folder.write("moving.csv", "a\n1\n2\n");
        Source source = folder.source();
        TableDescription table = table(source, "moving");
        PlannedSplit split = splits(source, table, 1000).get(0);

        GodwitException refused =
                refused(() -> read(source, table, split.split(), row -> folder.write("moving.csv", "a\n1\n2\n3\n")));

        assertThat(refused.code()).isEqualTo(ErrorCode.SOURCE_CHANGED);
    }

    /** Java begins each text in one of these with a byte order mark. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "x-UTF-16LE-BOM", "X-UTF-32BE-BOM", "UTF-16LE", "UTF-8"})
    void keptRowIsReadAgainAsItStood(String encoding) {
        Folder encoded = new Folder(Map.of("encoding", encoding));
        encoded.write("t.csv", "a,b\n1,x\n2,y\n".getBytes(Charset.forName(encoding)));
        encoded.write(
                "t_schema.json",
                "{\"version\": 1, \"columns\": [{\"name\": \"a\", \"type\": \"date\"}, {\"name\": \"b\", \"type\": \"text\"}]}");
        Source source = encoded.source();
        TableDescription table =
                source.describe(List.of(encoded.tableName("t"))).get(0);
        List<MalformedRow> kept = new ArrayList<>();
        source.read(
                new ReadRequest(table, table.columns(), null, new Split.Whole(null), null, 1 << 20, null),
                new RowConsumer() {
                    @Override
                    public void row(byte[] bytes, int offset, int length) {}

                    @Override
                    public void malformed(MalformedRow row) {
                        kept.add(row);
                    }
                });
        assertThat(kept).hasSize(2);

        List<List<@Nullable String>> rows = new ArrayList<>();
        List<FileColumn> mended = ParquetFile.columns("a text,b text");
        FieldTexts texts = new FieldTexts(mended);
        TupleFields fields = new TupleFields(2);
        ReadRequest again = new ReadRequest(
                table,
                mended.stream().map(FileCatalog::column).toList(),
                null,
                new Split.Whole(null),
                null,
                1 << 20,
                null);
        for (MalformedRow row : kept) {
            source.readAgain(again, row.context(), row.raw(), (bytes, offset, length) -> {
                fields.of(bytes, offset, offset + length);
                rows.add(texts.of(fields));
            });
        }

        assertThat(rows).containsExactly(List.of("1", "x"), List.of("2", "y"));
    }

    @Test
    void fileOfAnotherTableIsRefused() {
        folder.write("mine.csv", "a\n1\n");
        folder.write("other.csv", "a\n2\n");
        Source source = folder.source();
        TableDescription mine = table(source, "mine");
        Split other = splits(source, table(source, "other"), 1000).get(0).split();

        assertThat(refused(() -> read(source, mine, other, row -> {})).code()).isEqualTo(ErrorCode.EVENT_MALFORMED);
    }

    @Test
    void nothingLeadsOutOfTheFolder() throws IOException {
        Folder outside = new Folder(Map.of());
        Path secret = outside.write("secret.csv", "a\nSECRET\n");
        folder.write("real.csv", "a\n1\n");
        Files.createSymbolicLink(folder.path().resolve("link.csv"), secret);
        Files.createSymbolicLink(folder.path().resolve("linked"), outside.path());
        Source source = folder.source();
        TableDescription linked =
                renamed(table(source, "real"), new TableName(folder.path().toString(), "linked", "secret"));

        assertThat(source.tables()).extracting(TableName::name).containsExactly("real");
        for (String path :
                List.of("link.csv", "linked/secret.csv", "../" + outside.path().getFileName() + "/secret.csv")) {
            Split.FileRange range = new Split.FileRange(path, "any", 0, 10);
            assertThat(refused(() -> read(source, linked, range, row -> {})).code())
                    .isIn(
                            ErrorCode.EVENT_MALFORMED,
                            ErrorCode.SOURCE_CHANGED,
                            ErrorCode.SOURCE_LOGIN_REFUSED,
                            ErrorCode.SOURCE_REFUSED);
        }
    }

    private static TableDescription renamed(TableDescription table, TableName name) {
        return new TableDescription(
                name,
                table.kind(),
                table.columns(),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                -1,
                -1);
    }

    @FunctionalInterface
    private interface Filling {
        void fill(OutputStream out) throws IOException;
    }

    private static byte[] gzip(Filling filling) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream packed = new GZIPOutputStream(bytes)) {
            filling.fill(packed);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private TableDescription table(Source source, String name) {
        return source.describe(List.of(folder.tableName(name))).get(0);
    }

    private List<PlannedSplit> splits(Source source, TableDescription table, long bytes) {
        return source.split(new SplitSource(folder.connection(), table, null, null, bytes))
                .splits();
    }

    private static GodwitException refused(ThrowingCallable reading) {
        return catchThrowableOfType(GodwitException.class, reading);
    }

    private static List<List<@Nullable String>> rows(Source source, TableDescription table, List<PlannedSplit> splits) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        splits.forEach(split -> read(source, table, split.split(), rows::add));
        return rows;
    }

    private static void read(
            Source source, TableDescription table, Split split, Consumer<List<@Nullable String>> each) {
        List<FileColumn> columns = table.columns().stream()
                .map(column -> new FileColumn(column.name(), column.type()))
                .toList();
        FieldTexts texts = new FieldTexts(columns);
        TupleFields fields = new TupleFields(columns.size());
        source.read(
                new ReadRequest(table, table.columns(), null, split, null, 1 << 20, null), (bytes, offset, length) -> {
                    fields.of(bytes, offset, offset + length);
                    each.accept(texts.of(fields));
                });
    }
}
