package io.godwit.core.plan;

import static java.util.stream.Collectors.joining;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Fits the steps that get the same rows to one another: the tables of each stand in the order of the first one's, and
 * say which steps they are read with. Whoever reads one of them reads all; so their batches must be the same, column by
 * column.
 */
public final class ReadTogether {
    private ReadTogether() {}

    /** A source table: what the same place in each step must be. */
    private record Source(String connection, TableName table) {
        static Source of(TablePlan plan) {
            return new Source(plan.source().name(), plan.definition().name());
        }
    }

    /**
     * The tables of each step, fitted.
     *
     * @param steps at least one; alone, it stays as it is
     * @throws io.godwit.core.error.GodwitException TYPE_INCOMPATIBLE where two targets want rows that differ
     */
    public static List<List<TablePlan>> fit(List<List<TablePlan>> steps) {
        if (steps.size() == 1) {
            return steps;
        }
        List<TablePlan> first = steps.get(0);
        PlanProblems problems =
                new PlanProblems(first.isEmpty() ? "steps" : first.get(0).step().step());
        List<String> names = steps.stream()
                .flatMap(step -> step.stream().limit(1))
                .map(table -> table.step().step())
                .toList();
        List<List<TablePlan>> fitted = new ArrayList<>();
        for (List<TablePlan> step : steps) {
            // A table may be taken twice, under two conditions: in the order in which it is.
            Map<Source, Deque<TablePlan>> bySource = new LinkedHashMap<>();
            step.forEach(table -> bySource.computeIfAbsent(Source.of(table), source -> new ArrayDeque<>())
                    .add(table));
            List<TablePlan> tables = new ArrayList<>();
            for (TablePlan like : first) {
                TablePlan table = bySource.getOrDefault(Source.of(like), new ArrayDeque<>())
                        .poll();
                if (table == null) {
                    leftOut(like, problems);
                } else {
                    compare(like, table, problems);
                    tables.add(table.toBuilder()
                            .ordinal(like.ordinal())
                            .readWith(names.stream()
                                    .filter(name -> !name.equals(table.step().step()))
                                    .toList())
                            .build());
                }
            }
            bySource.values().forEach(left -> left.forEach(table -> leftOut(table, problems)));
            fitted.add(tables);
        }
        problems.throwIfAny();
        return fitted;
    }

    private static void leftOut(TablePlan table, PlanProblems problems) {
        problems.add(
                ErrorCode.NOT_SUPPORTED,
                table.definition().name() + " goes into " + target(table) + " and is left out of another target",
                "Make a step of its own for each target.");
    }

    private static void compare(TablePlan one, TablePlan other, PlanProblems problems) {
        List<Field> first = Field.of(one);
        List<Field> second = Field.of(other);
        boolean sameRows = Objects.equals(one.where(), other.where()) && Objects.equals(one.filter(), other.filter());
        boolean sameOrigins = one.columns().stream()
                .map(ColumnPlan::origin)
                .toList()
                .equals(other.columns().stream().map(ColumnPlan::origin).toList());
        if (first.equals(second) && sameOrigins && sameRows) {
            return;
        }
        List<Field> onlyFirst = new ArrayList<>(first);
        onlyFirst.removeAll(second);
        List<Field> onlySecond = new ArrayList<>(second);
        onlySecond.removeAll(first);
        problems.add(
                ErrorCode.TYPE_INCOMPATIBLE,
                one.definition().name() + " is read once for all targets, and they want rows that differ: "
                        + target(one) + " " + text(onlyFirst, first) + ", " + target(other) + " "
                        + text(onlySecond, second),
                "Name columns and types that all targets take under columns: or types:, or make a step of its own for each"
                        + " target.");
    }

    private static String target(TablePlan table) {
        return table.sink().name() + ": " + table.target().display();
    }

    private static String text(List<Field> differing, List<Field> all) {
        return (differing.isEmpty() ? all : differing)
                .stream()
                        .limit(5)
                        .map(column -> column.name() + " " + column.type().notation())
                        .collect(joining(", ", "(", ")"));
    }

    /** A column as batches carry it. */
    private record Field(String name, LogicalType type) {
        static List<Field> of(TablePlan table) {
            return table.columns().stream()
                    .map(column -> new Field(column.target(), column.wireType()))
                    .toList();
        }
    }
}
