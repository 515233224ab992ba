package io.godwit.core.job;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.error.NearestWord;
import io.godwit.core.table.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a target table is called, from what the source table is called. {@code {database}}, {@code {schema}},
 * {@code {table}} and {@code {connection}} stand for the source's; everything else for itself:
 * {@code shop.{schema}_{table}}.
 *
 * <p>A dot parts schema and table, unless it is between double quotes ({@code ""} is a quote) or comes out of a
 * source's name: {@code archive."{schema}.{table}"} is a table with a dot in its name. Case is kept. Without a dot, the
 * table is in the target's default schema.
 */
public final class NameTemplate {
    private static final List<String> NAMES = List.of("database", "schema", "table", "connection");

    private final String text;
    private final List<List<Piece>> parts;

    /** Literal text, or the name of what stands there. */
    private record Piece(String text, boolean named) {}

    private NameTemplate(String text, List<List<Piece>> parts) {
        this.text = text;
        this.parts = parts;
    }

    /**
     * Reads a template.
     *
     * @throws GodwitException JOB_FILE_INVALID where the text is none
     */
    public static NameTemplate parse(String text) {
        List<List<Piece>> parts = new ArrayList<>();
        try {
            for (List<NameParts.Letter> part : NameParts.cut(text)) {
                parts.add(pieces(text, part));
            }
        } catch (IllegalArgumentException e) {
            throw invalid(text, String.valueOf(e.getMessage()));
        }
        if (parts.size() > 2) {
            throw invalid(text, "has more than one dot");
        }
        return new NameTemplate(text, parts);
    }

    /**
     * The target of a source table. It names no database: that is its connection's.
     *
     * @throws GodwitException JOB_FILE_INVALID where the template names a part that the source does not have
     */
    public TableName resolve(String connection, TableName source) {
        String name = resolve(parts.get(parts.size() - 1), connection, source);
        return new TableName(null, parts.size() == 1 ? null : resolve(parts.get(0), connection, source), name);
    }

    /** Whether every source has the same target. */
    public boolean isConstant() {
        return parts.stream().flatMap(List::stream).noneMatch(Piece::named);
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }

    private String resolve(List<Piece> part, String connection, TableName source) {
        StringBuilder resolved = new StringBuilder();
        for (Piece piece : part) {
            resolved.append(piece.named ? value(piece.text, connection, source) : piece.text);
        }
        return resolved.toString();
    }

    private String value(String name, String connection, TableName source) {
        @Nullable
        String value = switch (name) {
            case "database" -> source.database();
            case "schema" -> source.schema();
            case "table" -> source.name();
            default -> connection;
        };
        if (value == null) {
            throw invalid(text, "has {" + name + "}, and the source table " + source + " has no " + name);
        }
        return value;
    }

    private static List<Piece> pieces(String text, List<NameParts.Letter> part) {
        List<Piece> pieces = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int at = 0; at < part.size(); at++) {
            // Braces name a part within quotes too: quotes are for dots.
            if (part.get(at).codePoint() != '{') {
                literal.appendCodePoint(part.get(at).codePoint());
                continue;
            }
            StringBuilder name = new StringBuilder();
            while (++at < part.size() && part.get(at).codePoint() != '}') {
                name.appendCodePoint(part.get(at).codePoint());
            }
            if (at == part.size()) {
                throw invalid(text, "has a { without its }");
            }
            if (!NAMES.contains(name.toString())) {
                throw new GodwitException(
                        ErrorCode.JOB_FILE_INVALID,
                        "table name " + text + " has {" + name + "}, which is not known",
                        NearestWord.remedy(name.toString(), NAMES));
            }
            if (literal.length() > 0) {
                pieces.add(new Piece(literal.toString(), false));
                literal.setLength(0);
            }
            pieces.add(new Piece(name.toString(), true));
        }
        if (literal.length() > 0) {
            pieces.add(new Piece(literal.toString(), false));
        }
        return pieces;
    }

    private static GodwitException invalid(String text, String why) {
        return new GodwitException(
                ErrorCode.JOB_FILE_INVALID,
                "table name " + text + " " + why,
                "Write schema.table with {database}, {schema}, {table} or {connection} for the source's; quote a part that"
                        + " has dots: public.\"a.b\".");
    }
}
