package io.godwit.core.expression;

import static io.godwit.core.expression.Function.Parameter.once;
import static io.godwit.core.expression.Function.Parameter.repeated;

import io.godwit.core.expression.Function.Kind;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.codec.InvalidValueException;
import java.util.List;

/** Functions of NULL, and of documents. */
final class ValueFunctions {
    private ValueFunctions() {}

    static List<Function> all() {
        return List.of(
                new Function(
                        "coalesce",
                        List.of(once("value", Kind.ANY), repeated("values", Kind.ANY)),
                        "the type that holds them all",
                        "The first that is not NULL.",
                        "coalesce(null, 'a', 'b')",
                        "a",
                        true,
                        ValueFunctions::coalesce),
                new Function(
                        "nullif",
                        List.of(once("value", Kind.ANY), once("other", Kind.ANY)),
                        "the value's",
                        "NULL where the value equals the other, else the value.",
                        "nullif('', '')",
                        "NULL",
                        true,
                        ValueFunctions::nullif),
                new Function(
                        "json_path",
                        List.of(once("json", Kind.TEXT), once("path", Kind.LITERAL)),
                        "text",
                        "What lies at the path in a document: text without quotes, else as it is written; NULL for"
                                + " null and for what is not there. Paths are of the form $.a.b[0]['odd name'].",
                        "json_path('{\"a\": [{\"b\": \"x\"}]}', '$.a[0].b')",
                        "x",
                        true,
                        call -> {
                            JsonPath path = JsonPath.parse(call.literal(1));
                            Evaluator json = call.evaluator(0);
                            return Typed.of(Scalar.TEXT, row -> {
                                Object text = json.of(row);
                                return text == null ? null : path.find((String) text);
                            });
                        }));
    }

    private static Typed coalesce(Arguments call) {
        LogicalType common = Conversions.common(call.values());
        if (common == null) {
            throw new InvalidValueException("its values have no type in common: cast them to one");
        }
        List<Evaluator> values = call.values().stream()
                .map(value -> Conversions.to(common, value).evaluator())
                .toList();
        return Typed.of(common, row -> {
            for (Evaluator each : values) {
                Object value = each.of(row);
                if (value != null) {
                    return value;
                }
            }
            return null;
        });
    }

    private static Typed nullif(Arguments call) {
        Evaluator equal = Operators.comparison("=", call.typed(0), call.typed(1));
        Evaluator value = call.evaluator(0);
        return Typed.of(call.type(0), row -> Boolean.TRUE.equals(equal.of(row)) ? null : value.of(row));
    }
}
