package io.godwit.core.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The migrate operator: whatever its sources match, into its target, or into each of several.
 *
 * @param from at least one
 * @param to the target; of several, the first
 * @param columns the mapping, in order; empty: every column as it is
 * @param types what becomes of all columns of a type, where their mapping names none: words of types by words of types
 * @param quarantine how many refused rows are borne; null: none
 * @param before SQL run on the target before the load, in order
 * @param after SQL run on the target in the transaction that publishes, in order
 * @param splitSize bytes of source that one subtask should hold; null for the default
 * @param filter condition in the language of expressions, of the rows that readers pass on, parameters not yet
 *     resolved; null: all
 * @param also further targets of the same rows, which are read once for all of them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Migrate(
        List<From> from,
        To to,
        List<ColumnMapping> columns,
        Map<String, String> types,
        DriftPolicy drift,
        @Nullable Quarantine quarantine,
        Validation validate,
        List<String> before,
        List<String> after,
        @Nullable Long splitSize,
        @Nullable String filter,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<To> also) {

    /** Into one target. */
    public Migrate(
            List<From> from,
            To to,
            List<ColumnMapping> columns,
            Map<String, String> types,
            DriftPolicy drift,
            @Nullable Quarantine quarantine,
            Validation validate,
            List<String> before,
            List<String> after,
            @Nullable Long splitSize,
            @Nullable String filter) {
        this(from, to, columns, types, drift, quarantine, validate, before, after, splitSize, filter, List.of());
    }

    /** Into one target, without a filter. */
    public Migrate(
            List<From> from,
            To to,
            List<ColumnMapping> columns,
            Map<String, String> types,
            DriftPolicy drift,
            @Nullable Quarantine quarantine,
            Validation validate,
            List<String> before,
            List<String> after,
            @Nullable Long splitSize) {
        this(from, to, columns, types, drift, quarantine, validate, before, after, splitSize, null);
    }

    @SuppressWarnings("NullAway") // absent in JSON
    public Migrate {
        from = List.copyOf(from);
        columns = columns == null ? List.of() : List.copyOf(columns);
        types = types == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(types));
        drift = drift == null ? DriftPolicy.FAIL : drift;
        validate = validate == null ? Validation.PROOF : validate;
        before = before == null ? List.of() : List.copyOf(before);
        after = after == null ? List.of() : List.copyOf(after);
        also = also == null ? List.of() : List.copyOf(also);
    }

    /** All targets, in the order of the job file. */
    public List<To> targets() {
        return Stream.concat(Stream.of(to), also.stream()).toList();
    }

    /** The same into one target alone. */
    public Migrate into(To target) {
        return new Migrate(
                from, target, columns, types, drift, quarantine, validate, before, after, splitSize, filter, List.of());
    }

    /**
     * Where rows come from.
     *
     * @param databases names or {@link NamePattern patterns}; empty: the connection's own
     * @param tables what to take, at least one
     * @param except patterns of tables to leave out
     * @param where SQL condition on the source's columns, parameters not yet resolved
     * @param incremental null: all rows
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record From(
            String connection,
            List<String> databases,
            List<TableSelection> tables,
            List<String> except,
            @Nullable String where,
            @Nullable Incremental incremental,
            Consistency consistency) {
        @SuppressWarnings("NullAway") // absent in JSON
        public From {
            databases = databases == null ? List.of() : List.copyOf(databases);
            tables = List.copyOf(tables);
            except = except == null ? List.of() : List.copyOf(except);
            consistency = consistency == null ? Consistency.SUBTASK : consistency;
        }
    }

    /**
     * Tables by pattern, with what this selection does otherwise than the step. A plain string in the file is a
     * selection with a pattern only.
     *
     * @param pattern {@code schema.table}, wildcards {@code * ?} or {@code /regex/}
     * @param to another target name template, null for the step's
     * @param where another condition, null for the step's
     * @param columns another mapping, null for the step's
     * @param key another key, null for the step's
     * @param mode another write mode, null for the step's
     * @param filter another filter, null for the step's
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TableSelection(
            String pattern,
            @Nullable String to,
            @Nullable String where,
            @Nullable List<ColumnMapping> columns,
            @Nullable List<String> key,
            @Nullable WriteMode mode,
            @Nullable String filter) {

        /** A selection that filters as its step does. */
        public TableSelection(
                String pattern,
                @Nullable String to,
                @Nullable String where,
                @Nullable List<ColumnMapping> columns,
                @Nullable List<String> key,
                @Nullable WriteMode mode) {
            this(pattern, to, where, columns, key, mode, null);
        }
    }

    /**
     * Where rows go.
     *
     * @param table name template: {@code {database} {schema} {table} {connection}} stand for the source's
     * @param key columns by which rows meet; empty: the target's primary key
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record To(String connection, String table, WriteMode mode, List<String> key, CreateMode create) {
        @SuppressWarnings("NullAway") // absent in JSON
        public To {
            mode = mode == null ? WriteMode.APPEND : mode;
            key = key == null ? List.of() : List.copyOf(key);
            create = create == null ? CreateMode.IF_MISSING : create;
        }
    }

    /** Only rows whose {@code column} is above the high-water mark of the last completed run. */
    public record Incremental(String column) {}

    /**
     * How many refused rows are borne before the run fails; null: no limit of that kind.
     *
     * @param percent of the rows read, 0 to 100
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Quarantine(@Nullable Long rows, @Nullable Double percent) {}

    /** How a run is proved. */
    public enum Validation {
        /** By the counts and digests taken while moving. */
        @JsonProperty("proof")
        PROOF,
        /** By reading both sides again as well. */
        @JsonProperty("deep")
        DEEP
    }

    /**
     * One column of the target.
     *
     * @param from the source's column, {@code *} for all that are not named otherwise; null where {@code value} is
     *     given
     * @param to the target's column; null: the source's name
     * @param type the target's type where it is not the source's
     * @param value a constant, parameters not yet resolved
     * @param expression what to compute the column by, parameters not yet resolved; {@code from} is then the one column
     *     that it stands for, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ColumnMapping(
            @Nullable String from,
            @Nullable String to,
            @Nullable String type,
            @Nullable String value,
            @Nullable String expression) {

        /** A column or a constant as it is. */
        public ColumnMapping(
                @Nullable String from, @Nullable String to, @Nullable String type, @Nullable String value) {
            this(from, to, type, value, null);
        }
    }
}
