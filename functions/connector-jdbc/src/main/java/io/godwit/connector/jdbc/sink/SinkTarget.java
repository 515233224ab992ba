package io.godwit.connector.jdbc.sink;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.row.RowHash;
import io.godwit.core.table.Column;
import io.godwit.core.table.Index;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One table that a step loads, from one source table or from many.
 *
 * @param name in the session's own database
 * @param plans at least one, all of one write mode
 */
public record SinkTarget(TableName name, List<TablePlan> plans) {
    private static final String ASIDE = "_aside";

    public SinkTarget {
        plans = List.copyOf(plans);
    }

    /** The targets of the plans, in the order of their first plan. */
    public static List<SinkTarget> of(List<TablePlan> plans) {
        return of(plans, SinkTarget::of);
    }

    public static SinkTarget of(TablePlan plan) {
        return new SinkTarget(
                new TableName(null, plan.target().schema(), plan.target().name()), List.of(plan));
    }

    /** Likewise, of a database without schemas: one that a plan names is not looked at. */
    public static List<SinkTarget> schemaless(List<TablePlan> plans) {
        return of(plans, SinkTarget::schemaless);
    }

    public static SinkTarget schemaless(TablePlan plan) {
        return new SinkTarget(new TableName(null, null, plan.target().name()), List.of(plan));
    }

    private static List<SinkTarget> of(List<TablePlan> plans, Function<TablePlan, SinkTarget> own) {
        Map<TableName, SinkTarget> byName = new LinkedHashMap<>();
        plans.stream().map(own).forEach(target -> byName.merge(target.name(), target, SinkTarget::and));
        return List.copyOf(byName.values());
    }

    private SinkTarget and(SinkTarget other) {
        List<TablePlan> both = new ArrayList<>(plans);
        both.addAll(other.plans);
        return new SinkTarget(name, both);
    }

    public TablePlan first() {
        return plans.get(0);
    }

    public WriteMode mode() {
        return first().mode();
    }

    public List<ColumnPlan> columns() {
        return first().columns();
    }

    /** Where the rows go until the step is published. */
    public TableName loaded() {
        return mode().loadsAside() ? new TableName(null, name.schema(), aside()) : name;
    }

    /** The table that is the target in the end: what hangs on it stays. */
    public TableName kept() {
        return mode() == WriteMode.OVERWRITE ? name : loaded();
    }

    private String aside() {
        byte[] whole = (first().step() + "\n" + name.display()).getBytes(StandardCharsets.UTF_8);
        return String.format("godwit_%016x%s", RowHash.of(whole, 0, whole.length), ASIDE);
    }

    /** What a swap leaves of the table that was there, until it is certain. */
    public TableName replaced() {
        return replaced(loaded());
    }

    /** @param aside where the rows went */
    public static TableName replaced(TableName aside) {
        return new TableName(null, aside.schema(), aside.name().replaceFirst(ASIDE + "$", "_old"));
    }

    /**
     * Requires that the table loaded aside, which is not there, has taken the target's place.
     *
     * @param replaced whether what was in its place is there
     * @throws GodwitException SINK_REFUSED where it is not: the rows are gone
     */
    public void checkSwapped(boolean replaced) {
        if (mode() != WriteMode.SWAP || !replaced) {
            throw new GodwitException(
                    ErrorCode.SINK_REFUSED,
                    name.display() + ": the table loaded aside, " + loaded().display() + ", is gone",
                    "Somebody else dropped it, and with it the rows: start a new run.");
        }
    }

    /** The columns of the primary key that a created table gets: the plan's, or the source's where all come along. */
    public List<String> key() {
        if (!first().key().isEmpty()) {
            return first().key();
        }
        Key source = first().definition().primaryKey();
        if (plans.size() > 1 || source == null) {
            return List.of();
        }
        List<String> key = new ArrayList<>();
        for (String column : source.columns()) {
            String target = target(column);
            if (target == null) {
                return List.of();
            }
            key.add(target);
        }
        return key;
    }

    /** The column that a column of the first source goes into; null: it does not come along. */
    public @Nullable String target(String sourceColumn) {
        return taking(sourceColumn).map(ColumnPlan::target).orElse(null);
    }

    /**
     * The column that a column of the first source goes into.
     *
     * @throws GodwitException TARGET_COLUMN_NOT_FOUND
     */
    public ColumnPlan column(String sourceColumn) {
        return taking(sourceColumn)
                .orElseThrow(() -> new GodwitException(
                        ErrorCode.TARGET_COLUMN_NOT_FOUND,
                        first().target().display() + ": no column for the range over " + sourceColumn,
                        "It was there when planned."));
    }

    private Optional<ColumnPlan> taking(String sourceColumn) {
        return columns().stream()
                .filter(column -> column.origin() instanceof Origin.SourceColumn source
                        && source.name().equals(sourceColumn))
                .findFirst();
    }

    /**
     * Requires that rows can meet by the plan's key, where they are to.
     *
     * @param found the target as it is
     * @throws GodwitException KEY_REQUIRED
     */
    public void checkKey(TableDescription found) {
        if (!mode().needsKey()) {
            return;
        }
        Set<String> key = Set.copyOf(first().key());
        boolean unique = Stream.concat(
                        Stream.concat(Stream.ofNullable(found.primaryKey()), found.uniqueKeys().stream())
                                .map(Key::columns),
                        found.indexes().stream().filter(Index::unique).map(Index::columns))
                .anyMatch(columns -> key.equals(new HashSet<>(columns)));
        if (!unique) {
            throw new GodwitException(
                    ErrorCode.KEY_REQUIRED,
                    name.display() + ": no unique index over exactly (" + String.join(", ", first().key()) + ")",
                    "Name a key of the target that is unique, or create a unique index over these columns.");
        }
    }

    /** The column of the first source that goes into a column. */
    public Optional<Column> source(ColumnPlan column) {
        return source(first(), column);
    }

    private static Optional<Column> source(TablePlan plan, ColumnPlan column) {
        return column.origin() instanceof Origin.SourceColumn source
                ? plan.definition().column(source.name())
                : Optional.empty();
    }

    /** Whether a created table's column takes no NULL: it is in the key, or no plan can put one there. */
    public boolean isNotNull(ColumnPlan column) {
        return key().contains(column.target()) || plans.stream().allMatch(plan -> isNeverNull(plan, column.target()));
    }

    private static boolean isNeverNull(TablePlan plan, String target) {
        return plan.columns().stream()
                .filter(column -> column.target().equals(target))
                .findFirst()
                .map(column -> column.origin() instanceof Origin.Constant constant
                        ? constant.text() != null
                        : source(plan, column).map(source -> !source.nullable()).orElse(false))
                .orElse(false);
    }
}
