package io.godwit.connector.postgresql;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.table.Column;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Enumeration;
import io.godwit.core.type.LogicalType.Foreign;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The types of columns to be created. A type that the target has is used; a missing enum is created with its labels;
 * for a missing domain its base type stands in; any other missing type is the user's to create.
 */
final class PostgresSinkTypes {
    private final PostgresSinkSession session;
    private final PostgresSinkScript script;
    private final Map<String, Boolean> known = new HashMap<>();
    private final Set<String> schemas = new HashSet<>();

    PostgresSinkTypes(PostgresSinkSession session, PostgresSinkScript script) {
        this.session = session;
        this.script = script;
    }

    /** For DDL. */
    String sql(PostgresSinkTarget target, ColumnPlan column) throws SQLException {
        return sql(target, column.target(), column.targetNativeType(), column.wireType());
    }

    /** For DDL. */
    String sql(PostgresSinkTarget target, Column column) throws SQLException {
        return sql(target, column.name(), column.nativeType(), column.type());
    }

    /** Whether the target has the collation, given quoted and qualified. */
    boolean hasCollation(String collation) throws SQLException {
        return session.one(
                "SELECT EXISTS (SELECT FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace "
                        + "WHERE quote_ident(n.nspname) || '.' || quote_ident(c.collname) = ? "
                        + "AND c.collencoding IN (-1, (SELECT encoding FROM pg_database WHERE datname = current_database())))",
                row -> row.getBoolean(1),
                collation);
    }

    /** Creates a schema where it is missing. */
    void makeSchema(String schema) throws SQLException {
        boolean missing = schemas.add(schema)
                && session.one(
                        "SELECT NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = ?)",
                        row -> row.getBoolean(1),
                        schema);
        if (missing) {
            script.run("CREATE SCHEMA IF NOT EXISTS " + Quoting.identifier(schema));
        }
    }

    private String sql(PostgresSinkTarget target, String column, String nativeType, LogicalType type)
            throws SQLException {
        if (exists(nativeType)) {
            return nativeType;
        }
        if (type instanceof Enumeration enumeration) {
            return create(nativeType, enumeration);
        }
        if (type instanceof Foreign) {
            throw new GodwitException(
                    ErrorCode.TYPE_INCOMPATIBLE,
                    target.name().display() + "." + column + ": type " + nativeType + " is not in the target database",
                    "Create the type, or the extension that brings it, in the target, or give the column another type.");
        }
        String standIn = PostgresSinkLayout.nativeType(type);
        script.note(target.name().display() + "." + column + ": type " + nativeType + " is not in the target database; "
                + standIn + " is used");
        return standIn;
    }

    /** Also refuses what is no type at all, so that the name may stand in DDL. */
    private boolean exists(String nativeType) throws SQLException {
        Boolean found = known.get(nativeType);
        if (found == null) {
            found = session.one("SELECT to_regtype(?) IS NOT NULL", row -> row.getBoolean(1), nativeType);
            known.put(nativeType, found);
        }
        return found;
    }

    private String create(String nativeType, Enumeration enumeration) throws SQLException {
        List<String> parts =
                session.list("SELECT part FROM unnest(parse_ident(?)) part", row -> row.getString(1), nativeType);
        String schema = parts.size() == 1 ? Quoting.DEFAULT_SCHEMA : parts.get(0);
        String name = Quoting.identifier(schema) + "." + Quoting.identifier(parts.get(parts.size() - 1));
        if (!exists(name)) {
            makeSchema(schema);
            script.run("CREATE TYPE " + name + " AS ENUM (" + Quoting.literals(enumeration.labels()) + ")");
            known.put(name, true);
        }
        return name;
    }
}
