package io.godwit.connector.file;

import io.godwit.core.table.SourceType;
import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import java.util.List;
import java.util.stream.Stream;

/** Types of files: text forms of all types there are, named in the folder's manifest or schema, or guessed. */
final class FileTypes {

    /** By their notations: what a schema may declare, those of text forms of other systems' own types aside. */
    static final List<SourceType> SOURCE = Stream.of(
                    "bool",
                    "int2",
                    "int4",
                    "int8",
                    "float4",
                    "float8",
                    "numeric",
                    "numeric(18,2)",
                    "money",
                    "text",
                    "varchar(30)",
                    "char(10)",
                    "bytea",
                    "date",
                    "time",
                    "timetz",
                    "timestamp",
                    "timestamp(3)",
                    "timestamptz",
                    "interval",
                    "uuid",
                    "json",
                    "jsonb",
                    "xml",
                    "bit(8)",
                    "varbit",
                    "inet",
                    "cidr",
                    "macaddr",
                    "int4[]",
                    "text[]",
                    "range<int4>",
                    "multirange<timestamptz>")
            .map(notation -> SourceType.of(notation, notation))
            .toList();

    private FileTypes() {}

    /** Whatever it is, it stays it. */
    static TargetType target(LogicalType type, boolean inKey) {
        return new TargetType(type, inKey, type, type.notation(), null);
    }
}
