package io.godwit.core.plan;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.job.Connection;
import io.godwit.core.job.CreateMode;
import io.godwit.core.job.WriteMode;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which sources may write which targets. */
final class TargetRules {
    private final Connection sink;
    private final PlanProblems problems;

    TargetRules(Connection sink, PlanProblems problems) {
        this.sink = sink;
        this.problems = problems;
    }

    /**
     * Checks a target.
     *
     * @param sharers the tables that go into it, at least one
     * @param existing null where the table is not there
     */
    void check(TableName target, List<TableMatch> sharers, @Nullable TableDescription existing, CreateMode create) {
        sharers.forEach(match -> selfCopy(match, target));
        if (existing == null && create == CreateMode.NEVER) {
            problems.add(
                    ErrorCode.TARGET_TABLE_NOT_FOUND,
                    "connection " + sink.name() + " has no table " + target.display() + ", and create is never",
                    "Create the table, or write create: if-missing.");
        }
        if (existing != null && existing.kind().contains("view")) {
            problems.add(
                    ErrorCode.NOT_SUPPORTED,
                    "the target " + target.display() + " is a " + existing.kind(),
                    "Write into a table.");
        }
        if (sharers.size() > 1) {
            shared(target, sharers);
        }
    }

    private void shared(TableName target, List<TableMatch> sharers) {
        TableMatch first = sharers.get(0);
        String names = sharers.stream().limit(3).map(TableMatch::display).collect(Collectors.joining(", "))
                + (sharers.size() > 3 ? " and " + (sharers.size() - 3) + " more" : "");
        boolean meant = sharers.stream()
                .allMatch(match -> match.template().isConstant()
                        && match.template().toString().equals(first.template().toString()));
        if (!meant) {
            problems.add(
                    ErrorCode.TARGET_DUPLICATE,
                    "the target " + target.display() + " would be written from several tables: " + names,
                    "Tell the targets apart with {connection}, {database}, {schema} or {table}; or, to load all into one table,"
                            + " write its name without any of them.");
            return;
        }
        if (sharers.stream().anyMatch(match -> match.mode() != first.mode())) {
            problems.add(
                    ErrorCode.TARGET_DUPLICATE,
                    "the target " + target.display() + " would be written in different modes: " + names,
                    "Give all tables that go into one target the same mode.");
        }
        if (first.mode() == WriteMode.OVERWRITE
                && sharers.stream().anyMatch(match -> !Objects.equals(match.where(), first.where()))) {
            problems.add(
                    ErrorCode.TARGET_DUPLICATE,
                    "the target " + target.display() + " would be overwritten under different conditions: " + names,
                    "Give all tables that go into one target the same where.");
        }
    }

    private void selfCopy(TableMatch match, TableName target) {
        TableName source = match.table().name();
        boolean sameTable = source.name().equals(target.name()) && Objects.equals(source.schema(), target.schema());
        if (sameTable && Endpoint.of(match.connection(), source).equals(Endpoint.of(sink, target))) {
            problems.add(
                    ErrorCode.SELF_COPY,
                    match.display() + " would be copied onto itself, through connection " + sink.name(),
                    "Give the target another name, schema, database or server.");
        }
    }
}
