package io.godwit.connector.jdbc.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.connector.jdbc.KeyRangeSql;
import io.godwit.connector.jdbc.Side;
import io.godwit.connector.jdbc.dialect.Values.Field;
import io.godwit.connector.jdbc.dialect.Values.Writer;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Connection.Limits;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin.SourceColumn;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.table.Column;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every statement that a dialect makes of a table with hostile and reserved names and a column of each type, as a file
 * that a person can read beside the server's documentation; {@code -Dgodwit.write=true} writes it anew.
 */
public abstract class DialectKit {
    private final Dialect dialect;
    private final TableName table;
    private final List<Field> fields;
    private final List<String> key;
    private final Path golden;
    private final StringBuilder text = new StringBuilder();

    /**
     * What to make statements of.
     *
     * @param fields of the table, one for each type
     * @param key those of them that are its primary key
     */
    protected DialectKit(Dialect dialect, TableName table, List<Field> fields, List<String> key) {
        this.dialect = dialect;
        this.table = table;
        this.fields = fields;
        this.key = key;
        this.golden = Path.of("src", "test", "resources", "statements.sql");
    }

    /** A text that is a bound of the field's type, with a quote in it where it is a text. */
    protected abstract String bound(Field field);

    /** What the driver is given for a value, by the value's text. */
    protected static Object written(Writer writer, Field field, String value) {
        Codec<Object> codec = Codecs.of(field.type());
        byte[] bytes = codec.encode(codec.parse(value));
        return writer.of(bytes, 0, bytes.length);
    }

    @Test
    void statementsAreThoseOfTheFile() throws IOException {
        sessions();
        catalog();
        source();
        sink();
        if (Boolean.getBoolean("godwit.write")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, text.toString());
        }
        assertThat(golden).as("write it anew: -Dgodwit.write=true").hasContent(text.toString());
    }

    private void add(String what, String... statements) {
        text.append("-- ").append(what).append('\n');
        for (String statement : statements) {
            text.append(statement).append('\n');
        }
        text.append('\n');
    }

    private void sessions() {
        add("session of a source", dialect.settings(Side.SOURCE).toArray(String[]::new));
        add("session of a sink", dialect.settings(Side.SINK).toArray(String[]::new));
        add("version", dialect.version());
        if (!dialect.snapshot().isEmpty()) {
            add("snapshot", dialect.snapshot());
        }
    }

    private void catalog() {
        CatalogSql catalog = dialect.catalog();
        add("databases", catalog.databases());
        add("schema", catalog.schema());
        add("tables", DialectCatalog.of(dialect.words(), catalog.tables(), List.of(table), ""));
        add("columns", DialectCatalog.of(dialect.words(), catalog.columns(), List.of(table), ", place_"));
        add("indexes", DialectCatalog.of(dialect.words(), catalog.indexes(), List.of(table), ", index_, place_"));
        add("references", DialectCatalog.of(dialect.words(), catalog.references(), List.of(table), ", reference_"));
    }

    private void source() {
        List<Field> read = fields.stream().filter(this::isRead).toList();
        add("read", "SELECT " + new DialectSelect(dialect, read, 1 << 20).selected());
        DialectQuery query = new DialectQuery(dialect, described(), "total > 1 -- note", null);
        List<String> bounds = key.stream().map(name -> bound(field(name))).toList();
        Split.KeyRange range = new Split.KeyRange(key, bounds, bounds, null);
        add("range", query.from(range));
        if (!dialect.snapshot().isEmpty()) {
            add("as of", new DialectQuery(dialect, described(), null, "12345").from(new Split.Whole(null)));
        }
        add("condition alone", query.check());
        add("bound", query.keyAt(range, 1000));
        add("count", query.count(range));
        add("few", query.countUpTo(1000));
        add("bytes of a row", query.rowBytes(100));
        add("high water", query.highWater(key.get(0)));
        for (Field field : fields) {
            if (dialect.values().isKey(field)) {
                add(
                        "key of " + field.nativeType(),
                        dialect.values().keyText(field),
                        dialect.values().keyLiteral(field, bound(field)));
            }
        }
    }

    private boolean isRead(Field field) {
        try {
            return !dialect.values().selected(field).isEmpty();
        } catch (io.godwit.core.error.GodwitException refused) {
            return false;
        }
    }

    private void sink() {
        SinkWords words = dialect.sink();
        add("tables of Godwit's own", SinkSchema.statements(words.own()).toArray(String[]::new));
        SinkTarget target = SinkTarget.of(plan(WriteMode.SWAP));
        String name = dialect.words().table(table);
        String aside = dialect.words().table(target.loaded());
        add("create", SinkSql.create(dialect, target));
        add("add a column", SinkSql.addColumn(dialect, target, target.columns().get(0)));
        add("insert", SinkSql.insert(dialect, SinkTarget.of(plan(WriteMode.APPEND))));
        List<Field> written = Field.of(target.columns());
        add("around inserts", words.beforeInserts(name, written.subList(0, 2)).toArray(String[]::new));
        add("after inserts", words.afterInserts(name, written.subList(0, 2)).toArray(String[]::new));
        add("upsert", SinkSql.merge(dialect, plan(WriteMode.UPSERT)));
        add("keep", SinkSql.merge(dialect, plan(WriteMode.IGNORE)));
        add("load aside", words.createLike(aside, name).toArray(String[]::new));
        add("key of a table aside", SinkSql.addKey(dialect, aside, key));
        add("index", SinkSql.index(dialect, aside, "by total", true, key));
        if (!words.indexNamed().isEmpty()) {
            add("index of that name", words.indexNamed());
        }
        add("overwrite", SinkSql.clear(dialect, target), SinkSql.take(dialect, target));
        add(
                "swap",
                words.rename(target.name(), target.replaced().name()),
                words.rename(target.loaded(), target.name().name()));
        add("drop", words.drop(dialect.words().table(target.replaced())));
        add(
                "part of a target",
                KeyRangeSql.condition(
                        new Split.KeyRange(key.subList(0, 1), List.of("1"), null, null),
                        new SinkScanWords(dialect, SinkTarget.of(plan(WriteMode.APPEND)))));
    }

    private Field field(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private TableDescription described() {
        List<Column> columns = fields.stream()
                .filter(this::isRead)
                .map(field -> new Column(
                        field.name(),
                        field.type(),
                        field.nativeType(),
                        !key.contains(field.name()),
                        null,
                        false,
                        field.name().equals(key.get(0)) ? Column.Identity.ALWAYS : null,
                        null,
                        null))
                .toList();
        return new TableDescription(
                table,
                "table",
                columns,
                new Key("pk", key),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                -1,
                -1);
    }

    private TablePlan plan(WriteMode mode) {
        Connection connection = new Connection(
                "target", "any", "localhost", null, "shop", null, null, Map.of(), Limits.NONE, List.of());
        List<ColumnPlan> columns = fields.stream()
                .filter(field -> dialect.sink().unwritable(field) == null)
                .map(field -> new ColumnPlan(
                        field.name(), new SourceColumn(field.name(), field.type()), field.type(), field.nativeType()))
                .collect(Collectors.toList());
        return TablePlan.builder(StepId.of(RunId.of("kit", Instant.ofEpochSecond(1_700_000_000L)), "copy"), 0)
                .source(connection, described())
                .sink(connection, table)
                .mode(mode)
                .key(mode.needsKey() ? key : List.of())
                .columns(columns)
                .maxRowBytes(1 << 20)
                .build();
    }
}
