package io.godwit.core.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.godwit.core.table.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a source table whose bounds its connector chose. Bounds are fixed when the run is planned; the splits of a
 * table cover every row exactly once.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Split.Whole.class, name = "whole"),
    @JsonSubTypes.Type(value = Split.KeyRange.class, name = "key-range"),
    @JsonSubTypes.Type(value = Split.Blocks.class, name = "blocks"),
    @JsonSubTypes.Type(value = Split.FileRange.class, name = "file-range"),
    @JsonSubTypes.Type(value = Split.OffsetRange.class, name = "offset-range"),
    @JsonSubTypes.Type(value = Split.Rows.class, name = "rows")
})
public sealed interface Split {

    /** The leaf partition that the split reads; null: the table itself. */
    @Nullable
    TableName partition();

    /** All rows. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Whole(@Nullable TableName partition) implements Split {}

    /**
     * Rows whose key, compared as a row in the source's own order, is at or above {@code from} and below {@code to}.
     *
     * @param columns the key's columns, none nullable; none: the bound is one value of what the source itself knows its
     *     rows by, and is no column
     * @param from values in the database's text form, one per column; null: no lower bound
     * @param to likewise; null: no upper bound
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KeyRange(
            List<String> columns,
            @Nullable List<String> from,
            @Nullable List<String> to,
            @Nullable TableName partition) implements Split {
        public KeyRange {
            columns = List.copyOf(columns);
            from = from == null ? null : List.copyOf(from);
            to = to == null ? null : List.copyOf(to);
        }
    }

    /**
     * Rows that lie in the physical blocks {@code first} to {@code end}, exclusive; null: to the last. One snapshot
     * only, where rows move between blocks; SQLite's blocks are the numbers of its rows, which stay.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Blocks(long first, @Nullable Long end, @Nullable TableName partition) implements Split {}

    /**
     * Rows of one file that begin in the bytes {@code first} to {@code end}, exclusive: bounds lie between rows, or
     * between the groups of rows of a format that has such.
     *
     * @param file its path below the connection's folder, {@code /} between folders
     * @param version what the store calls its content: another one is another file
     */
    record FileRange(String file, String version, long first, long end) implements Split {
        @Override
        @JsonIgnore
        public @Nullable TableName partition() {
            return null;
        }
    }

    /**
     * Records of one partition of a topic at the offsets {@code first} to {@code end}, exclusive. Not every offset need
     * have a record.
     *
     * @param topic the id that the cluster gave the topic: one made anew under the old name is another topic
     * @param number the partition's
     * @param schema the id of the one that values of all splits are resolved to, where they have schemas: a later one
     *     would give rows of one run other defaults; null: they have none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OffsetRange(
            String topic,
            int number,
            long first,
            long end,
            @Nullable Integer schema) implements Split {
        public OffsetRange {
            if (number < 0 || first < 0 || end < first) {
                throw new IllegalArgumentException("no range of offsets: " + first + " to " + end);
            }
        }

        /** A partition of a topic is no table. */
        @Override
        @JsonIgnore
        public @Nullable TableName partition() {
            return null;
        }
    }

    /**
     * Rows of the table by their number, from 0, in the order in which the source gives them: {@code first} to
     * {@code end}, exclusive.
     *
     * @param end null: to the last
     * @param version what the source says by which it can be told that the numbers mean the same rows still: how many
     *     there are, or a tag of their content
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Rows(String version, long first, @Nullable Long end) implements Split {
        public Rows {
            if (first < 0 || (end != null && end < first)) {
                throw new IllegalArgumentException("no rows: " + first + " to " + end);
            }
        }

        @Override
        @JsonIgnore
        public @Nullable TableName partition() {
            return null;
        }
    }
}
