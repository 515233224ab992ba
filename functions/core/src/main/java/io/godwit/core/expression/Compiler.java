package io.godwit.core.expression;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.error.NearestWord;
import io.godwit.core.expression.Function.Kind;
import io.godwit.core.expression.Function.Parameter;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks nodes against a table's columns, and makes evaluators of them. */
final class Compiler {
    private final String text;
    private final List<Expression.Field> fields;
    private final Arguments.Keys keys;

    /** @param keys asked for each key, once */
    Compiler(String text, List<Expression.Field> fields, Arguments.Keys keys) {
        this.text = text;
        this.fields = fields;
        this.keys = keys;
    }

    /** @throws GodwitException SOURCE_COLUMN_NOT_FOUND, TYPE_INCOMPATIBLE or JOB_FILE_INVALID with the place */
    Typed compile(Node node) {
        try {
            return make(node);
        } catch (InvalidValueException wrong) {
            throw Problem.at(
                    ErrorCode.TYPE_INCOMPATIBLE,
                    text,
                    node.at(),
                    String.valueOf(wrong.getMessage()),
                    "cast(value as type) makes another type of a value.");
        }
    }

    private Typed make(Node node) {
        if (node instanceof Node.Literal literal) {
            Object value = literal.value();
            return new Typed(literal.type(), row -> value, literal);
        }
        if (node instanceof Node.ColumnName column) {
            return column(column);
        }
        if (node instanceof Node.Call call) {
            return call(call);
        }
        if (node instanceof Node.Binary binary) {
            return binary(binary, compile(binary.left()), compile(binary.right()));
        }
        if (node instanceof Node.Not not) {
            return Operators.not(compile(not.of()));
        }
        if (node instanceof Node.Minus minus) {
            Typed zero = Typed.of(Scalar.INT4, row -> 0);
            return Operators.arithmetic("-", zero, compile(minus.of()));
        }
        if (node instanceof Node.IsNull isNull) {
            Evaluator of = compile(isNull.of()).evaluator();
            return Typed.of(Scalar.BOOL, row -> of.of(row) == null);
        }
        if (node instanceof Node.Cast cast) {
            return Conversions.to(cast.type(), compile(cast.of()));
        }
        return cases((Node.Case) node);
    }

    private Typed column(Node.ColumnName column) {
        for (int field = 0; field < fields.size(); field++) {
            if (fields.get(field).name().equals(column.name())) {
                return Typed.of(fields.get(field).type(), reader(field));
            }
        }
        TreeSet<String> names = new TreeSet<>();
        fields.forEach(field -> names.add(field.name()));
        throw Problem.at(
                ErrorCode.SOURCE_COLUMN_NOT_FOUND,
                text,
                column.at(),
                "there is no column " + column.name(),
                NearestWord.remedy(column.name(), names));
    }

    private Evaluator reader(int field) {
        Codec<Object> codec = Codecs.of(fields.get(field).type());
        return row -> row.isNull(field) ? null : codec.decode(row.bytes(), row.offset(field), row.length(field));
    }

    private static Typed binary(Node.Binary node, Typed left, Typed right) {
        return switch (node.operator()) {
            case "||" -> Operators.concatenation(left, right);
            case "+", "-", "*", "/" -> Operators.arithmetic(node.operator(), left, right);
            case "and", "or" -> Operators.logic(node.operator(), left, right);
            default -> Typed.of(Scalar.BOOL, Operators.comparison(node.operator(), left, right));
        };
    }

    private Typed cases(Node.Case node) {
        List<Evaluator> conditions = new ArrayList<>();
        for (Node condition : node.conditions()) {
            conditions.add(Operators.condition(compile(condition)));
        }
        List<Typed> results = Stream.concat(node.results().stream(), Stream.ofNullable(node.otherwise()))
                .map(this::compile)
                .toList();
        LogicalType common = Conversions.common(results);
        if (common == null) {
            throw new InvalidValueException("what its branches give has no type in common: cast them to one");
        }
        List<Evaluator> branches = results.stream()
                .map(result -> Conversions.to(common, result).evaluator())
                .toList();
        return Typed.of(common, row -> chosen(row, conditions, branches));
    }

    private static @Nullable Object chosen(Row row, List<Evaluator> conditions, List<Evaluator> branches) {
        for (int branch = 0; branch < conditions.size(); branch++) {
            if (Boolean.TRUE.equals(conditions.get(branch).of(row))) {
                return branches.get(branch).of(row);
            }
        }
        return branches.size() > conditions.size()
                ? branches.get(conditions.size()).of(row)
                : null;
    }

    private Typed call(Node.Call call) {
        Map<String, Function> functions = Functions.byName();
        Function function = functions.get(call.function());
        if (function == null) {
            throw Problem.at(
                    text,
                    call.at(),
                    "there is no function " + call.function(),
                    NearestWord.remedy(call.function(), functions.keySet()));
        }
        int count = call.arguments().size();
        if (count < function.fewest() || count > function.most()) {
            throw Problem.at(
                    text,
                    call.at(),
                    function.name() + " with " + count + " arguments",
                    "Write " + function.signature() + ".");
        }
        List<Typed> arguments = new ArrayList<>();
        for (int place = 0; place < count; place++) {
            arguments.add(argument(
                    function, function.parameter(place), call.arguments().get(place)));
        }
        try {
            return function.maker().make(new Arguments(arguments, keys));
        } catch (InvalidValueException wrong) {
            throw Problem.at(
                    ErrorCode.TYPE_INCOMPATIBLE,
                    text,
                    call.at(),
                    function.name() + ": " + wrong.getMessage(),
                    "Write " + function.signature() + ", " + function.kinds() + ".");
        }
    }

    private Typed argument(Function function, Parameter parameter, Node node) {
        Typed value = compile(node);
        if (value.isNullLiteral() && parameter.kind() != Kind.LITERAL && parameter.kind() != Kind.KEY) {
            return value;
        }
        boolean fits = switch (parameter.kind()) {
            case TEXT -> value.isText();
            case WHOLE -> Numbers.isWhole(value.type());
            case MOMENT -> isMoment(value.type());
            case LITERAL -> value.literalText() != null;
            case KEY -> isKey(value);
            case TEXT_FORM, ANY -> true;
        };
        if (!fits) {
            throw Problem.at(
                    ErrorCode.TYPE_INCOMPATIBLE,
                    text,
                    node.at(),
                    function.name() + " takes for " + parameter.name() + " "
                            + parameter.kind().words() + ", not "
                            + value.type().notation(),
                    parameter.kind() == Kind.TEXT
                            ? "Write cast(value as text)."
                            : "Write " + function.signature() + ", " + function.kinds() + ".");
        }
        boolean asText = parameter.kind() == Kind.TEXT || parameter.kind() == Kind.TEXT_FORM;
        return asText ? Conversions.toText(value) : value;
    }

    private static boolean isMoment(LogicalType type) {
        return type == Scalar.DATE
                || (type instanceof Temporal temporal
                        && (temporal.kind() == Temporal.Kind.TIMESTAMP
                                || temporal.kind() == Temporal.Kind.TIMESTAMPTZ));
    }

    private static boolean isKey(Typed value) {
        if (value.literalText() == null) {
            return false;
        }
        ColumnKey.checkReference(value.literalText());
        return true;
    }
}
