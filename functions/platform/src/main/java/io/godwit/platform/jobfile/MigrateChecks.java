package io.godwit.platform.jobfile;

import static io.godwit.core.error.ErrorCode.JOB_FILE_INVALID;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.NearestWord;
import io.godwit.core.expression.Expression;
import io.godwit.core.job.NamePattern;
import io.godwit.core.job.NameTemplate;
import io.godwit.core.job.Parameters;
import io.godwit.core.job.TypeWord;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the schema cannot say of a migrate step: its patterns, templates, parameters, mappings, connections. */
final class MigrateChecks {
    private final Cursor migrate;
    private final @Nullable Set<String> connections;
    private final Set<String> declared;
    private final Problems problems;

    MigrateChecks(Cursor migrate, @Nullable Set<String> connections, Set<String> declared, Problems problems) {
        this.migrate = migrate;
        this.connections = connections;
        this.declared = declared;
        this.problems = problems;
    }

    void check() {
        for (Cursor from : migrate.at("from").itemsOrOne()) {
            from(from);
        }
        for (Cursor to : migrate.at("to").itemsOrOne()) {
            connection(to.at("connection"));
            text(to.at("table"), true, NameTemplate::parse);
            key(to.at("key"));
        }
        columns(migrate.at("columns"));
        for (String word : migrate.at("types").keys()) {
            Cursor type = migrate.at("types").at(word);
            problems.check(type, () -> TypeWord.parse(word));
            type.text().ifPresent(target -> problems.check(type, () -> TypeWord.parse(target)));
        }
        text(migrate.at("filter"), true, Expression::parse);
        for (String sql : new String[] {"before", "after"}) {
            migrate.at(sql).itemsOrOne().forEach(statement -> text(statement, false, text -> {}));
        }
        JobChecks.size(migrate.at("splitSize"), problems);
    }

    private void from(Cursor from) {
        connection(from.at("connection"));
        from.at("databases").items().forEach(pattern -> text(pattern, false, NamePattern::parse));
        from.at("except").items().forEach(pattern -> text(pattern, false, NamePattern::parse));
        text(from.at("where"), true, text -> {});
        for (Cursor table : from.at("tables").items()) {
            text(table, false, NamePattern::parse);
            text(table.at("pattern"), false, NamePattern::parse);
            text(table.at("to"), true, NameTemplate::parse);
            text(table.at("where"), true, text -> {});
            text(table.at("filter"), true, Expression::parse);
            key(table.at("key"));
            columns(table.at("columns"));
            incremental(from, table.at("mode"));
        }
        migrate.at("to").itemsOrOne().forEach(to -> incremental(from, to.at("mode")));
    }

    private void incremental(Cursor from, Cursor mode) {
        String word = mode.text().orElse("");
        if (from.at("incremental").present() && (word.equals("overwrite") || word.equals("swap"))) {
            problems.add(
                    mode,
                    JOB_FILE_INVALID,
                    "mode " + word + " would leave only the new rows of an incremental source",
                    "Use append, upsert or ignore, or take incremental out.");
        }
    }

    private void connection(Cursor connection) {
        connection.text().ifPresent(name -> {
            if (connections != null && !connections.contains(name)) {
                problems.add(
                        connection,
                        ErrorCode.CONNECTION_UNKNOWN,
                        "no connection " + name + " in this file or in the catalog",
                        NearestWord.remedy(name, new TreeSet<>(connections)));
            }
        });
    }

    private void columns(Cursor columns) {
        Set<String> targets = new HashSet<>();
        for (Cursor column : columns.items()) {
            String from = column.at("from").text().orElse("");
            boolean value = column.at("value").present();
            boolean computed =
                    column.at("transform").present() || column.at("expression").present();
            if (column.at("from").present() == value && !computed) {
                problems.add(column, JOB_FILE_INVALID, "a column has either from or value", "");
            }
            if (value && !column.at("to").present()) {
                problems.add(column, JOB_FILE_INVALID, "a column with a value needs to", "Name the target's column.");
            }
            if (from.equals("*") && column.keys().size() > 1) {
                problems.add(
                        column,
                        JOB_FILE_INVALID,
                        "from: \"*\" stands alone",
                        "Name other columns in entries of their own.");
            }
            String target = column.at("to").text().orElse(from);
            if (!target.isEmpty() && !targets.add(target)) {
                Cursor place = column.at("to").present() ? column.at("to") : column.at("from");
                problems.add(place, JOB_FILE_INVALID, "the target's column " + target + " is mapped twice", "");
            }
            text(column.at("value"), true, text -> {});
            text(column.at("expression"), true, Expression::parse);
            Transforms.check(column, problems);
            Cursor type = column.at("type");
            type.text().ifPresent(word -> problems.check(type, () -> TypeWord.parse(word)));
        }
    }

    private void key(Cursor key) {
        Set<String> names = new HashSet<>();
        for (Cursor column : key.items()) {
            if (!column.text().map(names::add).orElse(true)) {
                problems.add(column, JOB_FILE_INVALID, "the key has this column twice", "");
            }
        }
    }

    /** Checks the parameters in a text, and what it is with made-up values. */
    private void text(Cursor cursor, boolean ofSource, Consumer<String> check) {
        cursor.text()
                .ifPresent(text ->
                        problems.check(cursor, () -> check.accept(Parameters.sample(text, declared, ofSource))));
    }
}
