package io.godwit.reader;

import io.godwit.connector.Source;
import io.godwit.core.job.Connection;
import io.godwit.core.job.NamePattern;
import io.godwit.core.question.SourceQuestions.DescribeSource;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the tables that a selection means, in whichever databases of an endpoint it means. */
final class TableSearch {
    private final Sources sources;
    private final Connection connection;
    private final List<NamePattern> databases;
    private final List<NamePattern> tables;
    private final List<NamePattern> except;

    /** @throws io.godwit.core.error.GodwitException JOB_FILE_INVALID where a pattern is none */
    TableSearch(Sources sources, DescribeSource question) {
        this.sources = sources;
        this.connection = question.connection();
        this.databases = patterns(question.databases());
        this.tables = patterns(question.tables());
        this.except = patterns(question.except());
    }

    /** The tables described, in the order of their names. */
    List<TableDescription> found() {
        List<TableDescription> found = new ArrayList<>();
        for (String database : databases()) {
            try (Source source = sources.open(connection.withDatabase(database))) {
                List<TableName> meant =
                        source.tables().stream().filter(this::isMeant).toList();
                if (!meant.isEmpty()) {
                    found.addAll(source.describe(meant));
                }
            }
        }
        found.sort(Comparator.comparing(TableDescription::name));
        return List.copyOf(found);
    }

    private List<String> databases() {
        if (databases.isEmpty()) {
            return List.of(connection.database());
        }
        try (Source source = sources.open(connection)) {
            return source.databases().stream()
                    .filter(name -> databases.stream().anyMatch(pattern -> pattern.matches(name)))
                    .sorted()
                    .toList();
        }
    }

    private boolean isMeant(TableName table) {
        return tables.stream().anyMatch(pattern -> pattern.matches(table))
                && except.stream().noneMatch(pattern -> pattern.matches(table));
    }

    private static List<NamePattern> patterns(List<String> texts) {
        return texts.stream().map(NamePattern::parse).toList();
    }
}
