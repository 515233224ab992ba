package io.godwit.core.expression;

import io.godwit.core.error.GodwitException;
import io.godwit.core.type.LogicalType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A value computed from a row's columns, or a condition on them.
 *
 * <pre>
 * Expression.parse("upper(trim(name)) || ' ' || cast(id as text)")
 * </pre>
 */
public final class Expression {
    private final String text;
    private final Node root;

    /** A column of the row: its name, and of which type its field is. */
    public record Field(String name, LogicalType type) {}

    private Expression(String text, Node root) {
        this.text = text;
        this.root = root;
    }

    /** @throws GodwitException JOB_FILE_INVALID with the place in the text */
    public static Expression parse(String text) {
        return new Expression(text, Parser.parse(text));
    }

    /** The columns that it names, each once. */
    public List<String> columns() {
        Set<String> names = new LinkedHashSet<>();
        columns(root, names);
        return List.copyOf(names);
    }

    private static void columns(Node node, Set<String> names) {
        if (node instanceof Node.ColumnName column) {
            names.add(column.name());
        }
        Node.parts(node).forEach(part -> columns(part, names));
    }

    /** Whether the same row always gives the same value. */
    public boolean isDeterministic() {
        return isDeterministic(root);
    }

    private static boolean isDeterministic(Node node) {
        if (node instanceof Node.Call call) {
            Function function = Functions.byName().get(call.function());
            if (function != null && !function.deterministic()) {
                return false;
            }
        }
        return Node.parts(node).stream().allMatch(Expression::isDeterministic);
    }

    /** Whether it keeps a value from being seen: by a hash, a mask, a token or a cipher. */
    public boolean hidesValues() {
        return hidesValues(root);
    }

    private static boolean hidesValues(Node node) {
        return (node instanceof Node.Call call && PrivacyFunctions.HIDING.contains(call.function()))
                || Node.parts(node).stream().anyMatch(Expression::hidesValues);
    }

    /**
     * The type of its value; no key is looked for.
     *
     * @throws GodwitException SOURCE_COLUMN_NOT_FOUND, TYPE_INCOMPATIBLE or JOB_FILE_INVALID with the place
     */
    public LogicalType check(List<Field> columns) {
        // A key of zeros: nothing is evaluated.
        return new Compiler(text, columns, reference -> new byte[ColumnKey.BYTES])
                .compile(root)
                .type();
    }

    /**
     * Makes it ready for rows of these fields. Its keys are fetched now.
     *
     * @throws GodwitException as {@link #check}; SECRET_NOT_FOUND where a key is missing or malformed
     */
    public Evaluation compile(List<Field> fields, Keys keys) {
        Typed typed = new Compiler(text, fields, reference -> ColumnKey.resolve(keys, reference)).compile(root);
        return new Evaluation(typed);
    }
}
