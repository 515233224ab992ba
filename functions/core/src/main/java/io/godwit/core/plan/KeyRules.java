package io.godwit.core.plan;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.table.Index;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** By which columns of the target rows meet. */
final class KeyRules {
    private final @Nullable TableDescription target;
    private final PlanProblems problems;

    /** @param target as it exists; null where it is to be created */
    KeyRules(@Nullable TableDescription target, PlanProblems problems) {
        this.target = target;
        this.problems = problems;
    }

    /** The key of a table's rows; empty where its mode needs none. */
    List<String> keyOf(Draft draft) {
        TableMatch match = draft.match();
        if (!match.mode().needsKey()) {
            return List.of();
        }
        String mode = match.mode().name().toLowerCase(Locale.ROOT);
        List<String> key = match.key().isEmpty() ? ownKey(draft).orElse(List.of()) : match.key();
        if (key.isEmpty()) {
            problems.add(
                    ErrorCode.KEY_REQUIRED,
                    match.display() + ": mode " + mode + " needs a key, and "
                            + match.target().display() + " has none",
                    "Name its columns under to: as key: [id].");
            return key;
        }
        List<String> unwritten = key.stream()
                .filter(column -> !draft.cells().containsKey(column))
                .toList();
        if (!unwritten.isEmpty()) {
            problems.add(
                    ErrorCode.KEY_REQUIRED,
                    match.display() + ": key column " + String.join(", ", unwritten)
                            + " is not among the columns written",
                    "Map it under columns:, or name another key.");
        } else if (key.stream().anyMatch(column -> isRandom(draft, column))) {
            problems.add(
                    ErrorCode.KEY_REQUIRED,
                    match.display() + ": of key " + String.join(", ", key) + " a column is another value each time it"
                            + " is computed, so no row would ever meet itself",
                    "Use tokenize or hmac, which give the same each time, or name another key.");
        } else if (target != null && !isUnique(target, key)) {
            problems.add(
                    ErrorCode.KEY_REQUIRED,
                    match.display() + ": " + String.join(", ", key) + " is not unique in "
                            + target.name().display(),
                    "Name the columns of its primary key or of a unique index.");
        }
        return key;
    }

    private Optional<List<String>> ownKey(Draft draft) {
        if (target != null) {
            return Optional.ofNullable(target.primaryKey()).map(Key::columns);
        }
        Key source = draft.match().table().primaryKey();
        if (source == null) {
            return Optional.empty();
        }
        // By the target's names; a key column that does not come along leaves no key.
        Map<String, String> names = draft.cells().entrySet().stream()
                .filter(cell -> cell.getValue().source() != null)
                .collect(Collectors.toMap(
                        cell -> cell.getValue().origin() instanceof Origin.SourceColumn column ? column.name() : "",
                        Map.Entry::getKey,
                        (first, second) -> first));
        return source.columns().stream().allMatch(names::containsKey)
                ? Optional.of(source.columns().stream()
                        .flatMap(column -> Stream.ofNullable(names.get(column)))
                        .toList())
                : Optional.empty();
    }

    private static boolean isRandom(Draft draft, String column) {
        Cell cell = draft.cells().get(column);
        return cell != null && cell.formula() != null && !cell.formula().isDeterministic();
    }

    private static boolean isUnique(TableDescription table, List<String> key) {
        Set<String> columns = new HashSet<>(key);
        return Stream.concat(Stream.ofNullable(table.primaryKey()), table.uniqueKeys().stream())
                        .anyMatch(unique -> columns.equals(new HashSet<>(unique.columns())))
                || table.indexes().stream()
                        .filter(Index::unique)
                        .anyMatch(index -> columns.equals(new HashSet<>(index.columns())));
    }
}
