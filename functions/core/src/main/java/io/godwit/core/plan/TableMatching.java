package io.godwit.core.plan;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Migrate;
import io.godwit.core.job.Migrate.From;
import io.godwit.core.job.Migrate.TableSelection;
import io.godwit.core.job.NamePattern;
import io.godwit.core.job.NameTemplate;
import io.godwit.core.job.ParameterUse;
import io.godwit.core.job.Parameters;
import io.godwit.core.plan.StepQuestion.Described;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which tables a step takes, and what their targets are called. Of several entries that match a table the most
 * particular one counts: an exact name before a pattern, an entry with overrides before one without, then the later.
 * Views come along only where their exact name is written.
 */
final class TableMatching {
    private final StepQuestion question;
    private final PlanProblems problems;
    private final List<String> notes;

    private record Entry(TableSelection selection, NamePattern pattern, int place) {
        boolean overrides() {
            return selection.to() != null
                    || selection.where() != null
                    || selection.columns() != null
                    || selection.key() != null
                    || selection.mode() != null
                    || selection.filter() != null;
        }
    }

    TableMatching(StepQuestion question, PlanProblems problems, List<String> notes) {
        this.question = question;
        this.problems = problems;
        this.notes = notes;
    }

    /** In the order of the job file's sources, and within one of its tables' names. */
    List<TableMatch> match() {
        List<TableMatch> matches = new ArrayList<>();
        for (Described source : question.sources()) {
            matches.addAll(match(source));
        }
        return matches;
    }

    private List<TableMatch> match(Described source) {
        SourcePatterns patterns = SourcePatterns.of(source.from(), question.parameters());
        List<Entry> entries = new ArrayList<>();
        for (TableSelection selection : source.from().tables()) {
            String pattern = patterns.tables().get(entries.size());
            entries.add(new Entry(selection, NamePattern.parse(pattern), entries.size()));
        }
        List<NamePattern> except =
                patterns.except().stream().map(NamePattern::parse).toList();
        List<TableMatch> matches = new ArrayList<>();
        List<TableDescription> tables = source.tables().stream()
                .sorted(Comparator.comparing(TableDescription::name))
                .toList();
        for (TableDescription table : tables) {
            if (except.stream().noneMatch(pattern -> pattern.matches(table.name()))) {
                entryOf(table.name(), entries)
                        .filter(entry -> isTaken(entry, table))
                        .flatMap(entry -> match(source, entry, table))
                        .ifPresent(matches::add);
            }
        }
        if (matches.isEmpty()) {
            noneMatches(source.from(), patterns);
        } else {
            entries.stream()
                    .filter(entry -> entry.pattern.isLiteral())
                    .filter(entry -> tables.stream().noneMatch(table -> entry.pattern.matches(table.name())))
                    .forEach(entry -> missing(source.from(), entry.pattern));
        }
        return matches;
    }

    private static Optional<Entry> entryOf(TableName table, List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.pattern.matches(table))
                .max(Comparator.comparing((Entry entry) -> entry.pattern.isLiteral())
                        .thenComparing(Entry::overrides)
                        .thenComparing(Entry::place));
    }

    private boolean isTaken(Entry entry, TableDescription table) {
        if (table.kind().contains("view") && !entry.pattern.isLiteral()) {
            notes.add(table.name() + " is left out: it is a " + table.kind() + ", and no entry names it exactly");
            return false;
        }
        return true;
    }

    private Optional<TableMatch> match(Described source, Entry entry, TableDescription table) {
        Migrate step = question.step().migrate();
        String text =
                entry.selection.to() != null ? entry.selection.to() : step.to().table();
        Parameters.SourceNames names =
                new Parameters.SourceNames(source.connection().name(), table.name());
        try {
            String resolved = question.parameters().resolve(text, ParameterUse.NAME, names);
            NameTemplate template = NameTemplate.parse(resolved);
            TableName target = template.resolve(source.connection().name(), table.name());
            return Optional.of(
                    new TableMatch(source.connection(), source.from(), entry.selection, table, template, target, step));
        } catch (GodwitException e) {
            problems.add(e.code(), e.info().message(), e.remedy());
            return Optional.empty();
        }
    }

    private void noneMatches(From from, SourcePatterns patterns) {
        String databases = patterns.databases().isEmpty() ? "" : " in " + String.join(", ", patterns.databases());
        problems.add(
                ErrorCode.NO_TABLE_MATCHES,
                "no table of connection " + from.connection() + databases + " matches "
                        + String.join(", ", patterns.tables())
                        + (patterns.except().isEmpty() ? "" : " except " + String.join(", ", patterns.except())),
                "Check schema, spelling and case: a pattern is schema.table, and * stands for any letters.");
    }

    private void missing(From from, NamePattern pattern) {
        problems.add(
                ErrorCode.NO_TABLE_MATCHES,
                "connection " + from.connection() + " has no table " + pattern,
                "Mend the name, or take it out. Case counts in names.");
    }
}
