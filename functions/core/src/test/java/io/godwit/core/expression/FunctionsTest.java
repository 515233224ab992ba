package io.godwit.core.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.type.codec.InvalidValueException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionsTest {
    private static final String KEY = "'env:GODWIT_EXAMPLE_KEY'";

    static List<Function> functions() {
        return Functions.all();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void everyExampleGivesWhatThePageSays(Function function) {
        String value = Rows.none().eval(function.example());
        assertThat(value == null ? "NULL" : value).isEqualTo(function.gives());
    }

    /** coalesce and concat are about NULL; all others give it back. */
    @ParameterizedTest
    @MethodSource("functions")
    void nullGivesNull(Function function) {
        if (List.of("coalesce", "concat").contains(function.name())) {
            return;
        }
        String type = function.parameters().get(0).kind() == Function.Kind.MOMENT ? "date" : "text";
        StringBuilder call = new StringBuilder(function.name() + "(nothing");
        for (Function.Parameter parameter :
                function.parameters().subList(1, function.parameters().size())) {
            call.append(
                    switch (parameter.kind()) {
                        case WHOLE -> ", 1";
                        case KEY -> ", " + KEY;
                        case LITERAL -> literal(function.name(), parameter.name());
                        default -> ", 'x'";
                    });
        }
        String expression = type.equals("date")
                ? "date_format(nothing, 'uuuu')"
                : call.append(")").toString();
        assertThat(Rows.with("nothing", type, null).eval(expression)).isNull();
    }

    private static String literal(String function, String parameter) {
        return switch (parameter) {
            case "algorithm" -> ", 'sha256'";
            case "zone" -> ", 'UTC'";
            case "path" -> ", '$.a'";
            case "pattern" -> function.equals("date_parse") ? ", 'uuuuMMdd'" : ", '(x)'";
            default -> ", 'x'";
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "substring('godwit', 1, 3)|god",
                "substring('godwit', 4)|wit",
                "substring('godwit', 0, 3)|go",
                "substring('godwit', -5, 3)|''",
                "substring('godwit', 9)|''",
                "substring('a😀b', 2, 1)|😀",
                "substring('abc', 9223372036854775, 9223372036854775)|''",
                "reverse('')|''",
                "length('')|0",
                "upper('')|''",
                "trim('xxaxx', 'x')|a",
                "rtrim('xxaxx', 'x')|xxa",
                "ltrim('xxaxx', 'x')|axx",
                "trim('   ')|''",
                "replace('aaa', 'a', 'aa')|aaaaaa",
                "replace('abc', '', 'x')|abc",
                "replace('a😀', '😀', '')|a",
                "mask('abc')|***",
                "mask('abc', 9)|abc",
                "mask('a😀b', 1)|**b",
                "mask('abc', -1, '#')|###",
                "mask('', 4)|''",
                "anonymize('Ünlü 😀7')|Xxxx 😀0",
                "remove_newlines('')|''",
                "regex_extract('a1b22', '\\d+')|1",
                "regex_replace('aXbX', 'x', '')|aXbX",
                "regex_replace('aXbX', '(?i)x', '.')|a.b.",
                "regex_replace('', '^$', 'empty')|empty",
                "concat(null, '')|''",
                "concat(1, true, cast('2026-01-01' as date))|1true2026-01-01",
                "coalesce(nullif('', ''), 'none')|none",
                "nullif('a', 'b')|a",
                "nullif(1, 1.0) is null|t",
                "hash('')|e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "hash(cast('\\x616263' as bytea))|ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "hash(12)|6b51d431df5d7f141cbececcf79edf3dd861c3b4069f0b11661a3eefacbba918",
                "json_path('{\"a\":{\"b\":[1,{\"c d\":\"é\\u0041\\n\"}]}}', '$.a.b[1][''c d'']')|'éA\n'",
                "json_path('{\"x\":[[],{}],\"a\":  1.50}', '$.a')|1.50",
                "json_path('[1,[2,3]]', '$[1]')|[2,3]",
                "json_path('{\"a\":true}', '$')|{\"a\":true}",
                "json_path('{\"a\":null}', '$.a') is null|t",
                "json_path('{\"a\":1}', '$.b') is null|t",
                "json_path('[1]', '$[1]') is null|t",
                "json_path('7', '$.a') is null|t",
                "decrypt(encrypt('😀', 'env:K'), 'env:K')|😀",
                "decrypt(encrypt('', 'env:K'), 'env:K')|''",
                "encrypt('a', 'env:K') = encrypt('a', 'env:K')|f",
                "tokenize('a', 'env:K') = tokenize('a', 'env:K')|t",
                "tokenize('a', 'env:K') = tokenize('a', 'env:OTHER')|f",
            })
    void textFunctions(String expression, String expected) {
        assertThat(Rows.none().eval(expression.replace("\\n", expression.startsWith("json") ? "\\n" : "\n")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "date_parse('2026-11-22 13:14:15.123456', 'uuuu-MM-dd HH:mm:ss.SSSSSS')|2026-11-22 13:14:15.123456",
                "date_parse('2026-11-22 13:14:15.1234567', 'uuuu-MM-dd HH:mm:ss.SSSSSSS')|2026-11-22 13:14:15.123457",
                "date_parse('22/11/26', 'dd/MM/uu')|2026-11-22 00:00:00",
                "date_parse('1 mar 2024 1:05 pm', 'd MMM uuuu h:mm a')|2024-03-01 13:05:00",
                "date_parse('0044-03-15 BC', 'yyyy-MM-dd G')|0044-03-15 00:00:00 BC",
                "date_parse('2026-11-22T13:14:15+02:00', 'uuuu-MM-dd''T''HH:mm:ssxxx')|2026-11-22 11:14:15+00",
                "date_parse('2026-11-22 24:00', 'uuuu-MM-dd HH:mm')|2026-11-23 00:00:00",
                "date_parse('2026-03-29 02:30', 'uuuu-MM-dd HH:mm', 'Europe/Berlin')|2026-03-29 01:30:00+00",
                "date_parse('29.02.2024', 'dd.MM.yyyy')|2024-02-29 00:00:00",
                "date_parse('2026-W52-5', 'YYYY-''W''ww-e')|2026-12-24 00:00:00",
                "date_parse('2026-060', 'uuuu-DDD')|2026-03-01 00:00:00",
                "date_parse('2026-10-25 02:30', 'uuuu-MM-dd HH:mm', 'Europe/Berlin')|2026-10-25 00:30:00+00",
                "date_format(cast('0044-03-15 BC' as date), 'd MMMM yyyy G')|15 March 0044 BC",
                "date_format(cast('2026-11-22 13:14:15.123456' as timestamp), 'HH:mm:ss.SSSSSS')|13:14:15.123456",
                "date_format(cast('1969-12-31 23:59:59.999999Z' as timestamptz), 'uuuu SSSSSS X')|1969 999999 Z",
                "cast(date_parse('20261122', 'uuuuMMdd') as date)|2026-11-22",
            })
    void dates(String expression, String expected) {
        assertThat(Rows.none().eval(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "date_parse(v, 'uuuu-MM-dd')|secret|not of the pattern",
                "date_parse(v, 'dd.MM.uuuu')|31.04.2026|no day of the calendar",
                "date_parse(v, 'dd.MM.yyyy')|30.02.2026|no day of the calendar",
                "date_parse(v, 'd MMM uuuu')|29 Feb 2023|no day of the calendar",
                "date_parse(v, 'YYYY-ww-e')|2026-53-5|no day of the calendar",
                "date_parse(v, 'dd.MM.uuuu HH:mm')|31.04.2026 24:00|no day of the calendar",
                "date_parse(v, 'uuuu')|x|names no day",
                "cast(v as int4)|secret|",
                "cast(v as numeric(4,2))|123.45|",
                "decrypt(v, 'env:K')|secret|not made by encrypt",
                "json_path(v, '$.a')|secret|no JSON",
                "json_path(v, '$.b')|{\"a\":secret:|no JSON",
                "substring(v, 1, -1)|secret|negative",
                "1 / (length(v) - 6)|secret|division by zero",
                "2147483647 + length(v)|secret|out of the range of int4",
            })
    void refusedValuesAreNotShown(String expression, String value, String why) {
        assertThatThrownBy(() -> Rows.with("v", "text", value).eval(expression))
                .hasMessageContaining(why == null ? "" : why)
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("123.45");
    }

    @Test
    void infinityHasNoDay() {
        assertThatThrownBy(() -> Rows.with("d", "date", "infinity").eval("date_format(d, 'uuuu')"))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> Rows.with("d", "timestamptz", "-infinity").eval("date_format(d, 'uuuu')"))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aPatternThatRunsAwayIsStopped() {
        Rows rows = Rows.with("v", "text", "a".repeat(60) + "!");
        assertThatThrownBy(() -> rows.eval("regex_extract(v, '^(a|aa)+\\1x$')"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("steps");
        Rows longer = Rows.with("v", "text", "ab".repeat(200_000));
        assertThatThrownBy(() -> longer.eval("regex_extract(v, '^(a|b)*$')"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("deep");
    }

    @Test
    void textDoesNotGrowWithoutEnd() {
        StringBuilder expression = new StringBuilder("v");
        for (int doubled = 0; doubled < 8; doubled++) {
            expression
                    .insert(0, "replace(")
                    .append(", 'a', '")
                    .append("a".repeat(16))
                    .append("')");
        }
        assertThatThrownBy(() -> Rows.with("v", "text", "a").eval(expression.toString()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("characters");
    }

    @Test
    void paddedCharactersAreComparedAndComputedWithoutTheirBlanks() {
        Rows rows = Rows.with("code", "char(5)", "ab");
        assertThat(rows.eval("code || '!'")).isEqualTo("ab!");
        assertThat(rows.eval("code = 'ab'")).isEqualTo("t");
        assertThat(rows.eval("length(code)")).isEqualTo("2");
    }
}
