package io.godwit.platform.jobfile;

import io.godwit.core.job.ByteSize;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Consistency;
import io.godwit.core.job.CreateMode;
import io.godwit.core.job.DriftPolicy;
import io.godwit.core.job.Job;
import io.godwit.core.job.Migrate;
import io.godwit.core.job.WriteMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Documents without errors to records. */
final class DocumentReader {
    private DocumentReader() {}

    static Connection connection(Cursor document) {
        Cursor limits = document.at("limits");
        return new Connection(
                required(document.at("name")),
                required(document.at("type")),
                optional(document.at("host")),
                optional(document.at("port"), Integer::valueOf),
                required(document.at("database")),
                optional(document.at("user")),
                optional(document.at("secret")),
                texts(document.at("options")),
                new Connection.Limits(
                        optional(limits.at("reads"), Integer::valueOf),
                        optional(limits.at("writes"), Integer::valueOf),
                        optional(limits.at("rowsPerSecond"), Long::valueOf),
                        optional(limits.at("bytesPerSecond"), DocumentReader::bytes)),
                document.at("pools").texts());
    }

    static Job job(Cursor document) {
        Cursor schedule = document.at("schedule");
        return new Job(
                required(document.at("name")),
                document.at("steps").items().stream().map(DocumentReader::step).toList(),
                schedule.present()
                        ? new Job.Schedule(optional(schedule.at("cron")), optional(schedule.at("timeZone")))
                        : null,
                texts(document.at("parameters")),
                optional(document.at("identity")),
                document.at("after").texts(),
                optional(document.at("concurrency"), Integer::valueOf));
    }

    private static Job.Step step(Cursor step) {
        return new Job.Step(
                required(step.at("name")),
                step.at("needs").present() ? step.at("needs").texts() : null,
                migrate(step.at("migrate")));
    }

    private static Migrate migrate(Cursor migrate) {
        Cursor quarantine = migrate.at("quarantine");
        List<Migrate.To> targets =
                migrate.at("to").itemsOrOne().stream().map(DocumentReader::to).toList();
        return new Migrate(
                migrate.at("from").itemsOrOne().stream()
                        .map(DocumentReader::from)
                        .toList(),
                targets.get(0),
                columns(migrate.at("columns")),
                texts(migrate.at("types")),
                word(migrate.at("drift"), DriftPolicy.class, DriftPolicy.FAIL),
                quarantine.present()
                        ? new Migrate.Quarantine(
                                optional(quarantine.at("rows"), Long::valueOf),
                                optional(quarantine.at("percent"), Double::valueOf))
                        : null,
                word(migrate.at("validate"), Migrate.Validation.class, Migrate.Validation.PROOF),
                statements(migrate.at("before")),
                statements(migrate.at("after")),
                optional(migrate.at("splitSize"), DocumentReader::bytes),
                optional(migrate.at("filter")),
                targets.subList(1, targets.size()));
    }

    private static Migrate.From from(Cursor from) {
        return new Migrate.From(
                required(from.at("connection")),
                from.at("databases").texts(),
                from.at("tables").items().stream()
                        .map(DocumentReader::selection)
                        .toList(),
                from.at("except").texts(),
                optional(from.at("where")),
                optional(from.at("incremental").at("column"), Migrate.Incremental::new),
                word(from.at("consistency"), Consistency.class, Consistency.SUBTASK));
    }

    private static Migrate.TableSelection selection(Cursor table) {
        return new Migrate.TableSelection(
                table.text().orElseGet(() -> required(table.at("pattern"))),
                optional(table.at("to")),
                optional(table.at("where")),
                table.at("columns").present() ? columns(table.at("columns")) : null,
                table.at("key").present() ? table.at("key").texts() : null,
                table.at("mode").present() ? word(table.at("mode"), WriteMode.class, WriteMode.APPEND) : null,
                optional(table.at("filter")));
    }

    private static Migrate.To to(Cursor to) {
        return new Migrate.To(
                required(to.at("connection")),
                required(to.at("table")),
                word(to.at("mode"), WriteMode.class, WriteMode.APPEND),
                to.at("key").texts(),
                word(to.at("create"), CreateMode.class, CreateMode.IF_MISSING));
    }

    private static List<Migrate.ColumnMapping> columns(Cursor columns) {
        return columns.items().stream()
                .map(column -> new Migrate.ColumnMapping(
                        optional(column.at("from")),
                        optional(column.at("to")),
                        optional(column.at("type")),
                        optional(column.at("value")),
                        Transforms.expression(column)))
                .toList();
    }

    private static List<String> statements(Cursor sql) {
        return sql.itemsOrOne().stream().map(DocumentReader::required).toList();
    }

    private static Map<String, String> texts(Cursor fields) {
        Map<String, String> texts = new TreeMap<>();
        fields.keys().forEach(key -> texts.put(key, required(fields.at(key))));
        return texts;
    }

    /** The schema's words are the constants' names in lower case, with dashes. */
    private static <E extends Enum<E>> E word(Cursor cursor, Class<E> type, E absent) {
        return cursor.text()
                .map(word -> Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_')))
                .orElse(absent);
    }

    private static Long bytes(String size) {
        return ByteSize.parse(size).bytes();
    }

    private static String required(Cursor cursor) {
        return cursor.text()
                .orElseThrow(() -> new IllegalStateException(cursor.path() + " passed its schema without a value"));
    }

    private static @Nullable String optional(Cursor cursor) {
        return cursor.text().orElse(null);
    }

    private static <T> @Nullable T optional(Cursor cursor, Function<String, T> read) {
        return cursor.text().map(read).orElse(null);
    }
}
