package io.godwit.core.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
    private static final Rows ROW = Rows.with("id", "int8", "7")
            .and("small", "int2", "-3")
            .and("amount", "numeric(18,2)", "10.50")
            .and("ratio", "float8", "0.5")
            .and("name", "varchar(20)", " Ada ")
            .and("country", "char(2)", "DE")
            .and("note", "text", null)
            .and("ok", "bool", "true")
            .and("unknown", "bool", null)
            .and("day", "date", "2026-11-22")
            .and("at", "timestamp(3)", "2026-11-22 13:14:15.123")
            .and("moment", "timestamptz", "2026-11-22 13:14:15.123456+00")
            .and("mood", "enum('sad','happy')", "happy")
            .and("doc", "jsonb", "{\"a\": 1}")
            .and("key", "uuid", "00000000-0000-0000-0000-00000000000a")
            .and("tags", "text[]", "{a,b}")
            .and("odd \"name\"", "int4", "1")
            .and("nan", "float8", "NaN");

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                // columns and literals
                "id~7",
                "\"odd \"\"name\"\"\"~1",
                "'it''s'~it's",
                "''~``",
                "-5~-5",
                "- - 5~5",
                "1.50~1.50",
                "9223372036854775807~9223372036854775807",
                "TRUE~t",
                "tags~{a,b}",
                // operators bind as in SQL
                "1 + 2 * 3~7",
                "(1 + 2) * 3~9",
                "7 / 2~3",
                "7 - 2 - 1~4",
                "7.0 / 2~3.5000000000000000",
                "-id + 1~-6",
                "amount * 2~21.00",
                "amount + id~17.50",
                "amount * ratio~5.25",
                "small * small~9",
                "'a' || 'b' || 1~ab1",
                "trim(name) || '.'~Ada.",
                "1 + 1 || 'x'~2x",
                "not false and false~f",
                "true or false and false~t",
                "not (true or false)~f",
                // three values
                "unknown or true~t",
                "true or unknown~t",
                "unknown and false~f",
                "(unknown and true) is null~t",
                "(not unknown) is null~t",
                "(note = note) is null~t",
                "note is null~t",
                "id is not null~t",
                // comparisons
                "id = 7~t",
                "id <> 7.0~f",
                "id != 8~t",
                "small < amount~t",
                "amount >= 10.5~t",
                "ratio = 0.5~t",
                "nan > 100000000000.0~t",
                "nan = nan~t",
                "country = 'DE'~t",
                "country in ('AT', 'DE')~t",
                "country not in ('AT', 'DE')~f",
                "(id in (1, null)) is null~t",
                "day > '2026-01-01'~t",
                "day = at~f",
                "at >= day~t",
                "at < '2026-11-22 13:14:15.124'~t",
                "moment = '2026-11-22 14:14:15.123456+01:00'~t",
                "key = '00000000-0000-0000-0000-00000000000A'~t",
                "mood = 'happy'~t",
                "'😀' > '\uFFFD'~t",
                "'a' < 'ab'~t",
                "ok = true~t",
                // cast
                "cast(amount as int4)~11",
                "cast('1.005' as numeric(18,2))~1.01",
                "cast(id as text)~7",
                "cast(ok as text)~true",
                "cast(day as timestamp without time zone)~2026-11-22 00:00:00",
                "cast('{1,2}' as int4[])~{1,2}",
                "cast(note as int4) is null~t",
                "cast(null as date) is null~t",
                "cast('sad' as enum('sad','happy'))~sad",
                // case
                "case when id > 5 then 'big' else 'small' end~big",
                "case when unknown then 1 when ok then 2.5 end~2.5",
                "case when false then 1 end is null~t",
                "case when ok then day else '2000-01-01' end~2026-11-22",
                "json_path(doc, '$.a')~1",
                "UPPER(name)~` ADA `",
            })
    void values(String expression, String expected) {
        assertThat(ROW.eval(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "id~int8",
                "small + 1~int4",
                "id + 1~int8",
                "amount + 1~numeric",
                "amount + ratio~float8",
                "upper(name)~varchar(20)",
                "upper(note)~text",
                "trim(country)~varchar(2)",
                "name || country~varchar(22)",
                "concat(name, ' ', country)~varchar(23)",
                "concat(name, note)~text",
                "replace(name, 'a', 'b')~text",
                "hash(id)~varchar(64)",
                "length(note)~int4",
                "coalesce(name, 'a longer text than twenty')~varchar(25)",
                "coalesce(small, id)~int8",
                "coalesce(note, name)~text",
                "coalesce(day, '2000-01-01')~date",
                "nullif(amount, 0)~numeric(18,2)",
                "id > 1~bool",
                "id is null~bool",
                "cast(id as numeric(10,2))~numeric(10,2)",
                "date_parse(note, 'uuuuMMdd')~timestamp",
                "date_parse(note, 'uuuuMMdd', 'UTC')~timestamptz",
                "date_parse(note, 'uuuuMMdd HHmmX')~timestamptz",
                "null~text",
            })
    void types(String expression, String type) {
        assertThat(ROW.type(expression)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                // cannot be read
                "``~JOB_FILE_INVALID~character 1~the expression ends",
                "upper(name~JOB_FILE_INVALID~character 11~where ) should be",
                "'open~JOB_FILE_INVALID~character 1~a quote that is not closed",
                "1 2~JOB_FILE_INVALID~character 3~found 2 where the end or an operator should be",
                "1e5~JOB_FILE_INVALID~character 2~a letter within a number",
                "id # 1~JOB_FILE_INVALID~character 4~means nothing here",
                "id = ~JOB_FILE_INVALID~character 5~a column, a value or a function",
                "and~JOB_FILE_INVALID~character 1~found and",
                "case else 1 end~JOB_FILE_INVALID~character 6~where when should be",
                "cast(id as nmeric)~JOB_FILE_INVALID~character 12~Did you mean numeric?",
                "id not 5~JOB_FILE_INVALID~character 4~found not",
                // unknown
                "uper(name)~JOB_FILE_INVALID~character 1~Did you mean upper?",
                "trim(nmae)~SOURCE_COLUMN_NOT_FOUND~character 6~Did you mean name?",
                "substring(name)~JOB_FILE_INVALID~character 1~Write substring(text, start [, length]).",
                "length()~JOB_FILE_INVALID~character 1~Write length(text).",
                // wrong types
                "upper(id)~TYPE_INCOMPATIBLE~character 7~upper takes for text text, not int8",
                "substring(name, '1')~TYPE_INCOMPATIBLE~character 17~whole number",
                "name + 1~TYPE_INCOMPATIBLE~character 6~+ is of numbers, not of varchar(20)",
                "name = 1~TYPE_INCOMPATIBLE~character 6~cannot be compared",
                "tags = tags~TYPE_INCOMPATIBLE~character 6~cannot be compared",
                "day = 'yesterday'~TYPE_INCOMPATIBLE~character 5~date",
                "moment = at~TYPE_INCOMPATIBLE~character 8~cannot be compared",
                "name and ok~TYPE_INCOMPATIBLE~character 6~a condition is true or false",
                "not id~TYPE_INCOMPATIBLE~character 1~a condition is true or false",
                "cast(id as bytea)~TYPE_INCOMPATIBLE~character 1~no counterpart",
                "cast('x' as int4)~TYPE_INCOMPATIBLE~character 1~",
                "coalesce(id, name)~TYPE_INCOMPATIBLE~character 1~no type in common",
                "case when ok then 1 else name end~TYPE_INCOMPATIBLE~character 1~no type in common",
                "date_format(at, 'xxx')~TYPE_INCOMPATIBLE~character 1~the pattern asks for what the value has not",
                "date_format(at, 'uuuu', 'UTC')~TYPE_INCOMPATIBLE~character 1~only a timestamptz",
                "date_parse(name, 'HH:mm')~TYPE_INCOMPATIBLE~character 1~names no day",
                "date_parse(name, 'bogus')~TYPE_INCOMPATIBLE~character 1~no pattern of a date",
                "date_parse(name, 'uuuuMMdd', 'Berlin')~TYPE_INCOMPATIBLE~character 1~no time zone Berlin",
                "regex_extract(name, '(')~TYPE_INCOMPATIBLE~character 1~no regular expression",
                "regex_extract(name, 'a', 1)~TYPE_INCOMPATIBLE~character 1~no group 1",
                "regex_replace(name, 'a', '$1')~TYPE_INCOMPATIBLE~character 1~the replacement is none",
                "regex_replace(name, note, '')~TYPE_INCOMPATIBLE~character 21~text literal",
                "json_path(doc, 'a')~TYPE_INCOMPATIBLE~character 1~a path begins with $",
                "hash(name, 'md5')~TYPE_INCOMPATIBLE~character 1~the algorithm is sha256",
                "hmac(name, 'topsecret')~TYPE_INCOMPATIBLE~character 1~named by where it is kept",
                "hmac(name, note)~TYPE_INCOMPATIBLE~character 12~key reference",
                "mask(name, 1, '**')~TYPE_INCOMPATIBLE~character 1~is one character",
            })
    void problemsNameThePlaceAndTheRemedy(String expression, String code, String place, String what) {
        assertThatThrownBy(() -> ROW.type(expression)).isInstanceOfSatisfying(GodwitException.class, refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.valueOf(code));
            assertThat(refused.info().message() + " " + refused.remedy())
                    .contains(place + ":")
                    .contains(what == null ? "" : what);
        });
    }

    @Test
    void nothingIsTooLongTooDeepOrTooMuch() {
        assertThatThrownBy(() -> Expression.parse("a".repeat(Parser.MOST_CHARACTERS + 1)))
                .hasMessageContaining("characters");
        for (String deep : new String[] {"(".repeat(9000), "not ".repeat(2000) + "true", "- ".repeat(4000) + "1"}) {
            assertThatThrownBy(() -> Expression.parse(deep)).hasMessageContaining("nested");
        }
        assertThatThrownBy(() -> Expression.parse("1" + "+1".repeat(2000))).hasMessageContaining("parts");
        String most = "1" + "+1".repeat(Parser.MOST_NODES / 2 - 1);
        assertThat(Rows.none().eval(most)).isEqualTo(Integer.toString(Parser.MOST_NODES / 2));
    }

    @Test
    void itKnowsItsColumnsAndWhetherItAlwaysGivesTheSame() {
        Expression expression = Expression.parse("case when a > b then lower(a) else \"C d\" end");
        assertThat(expression.columns()).containsExactly("a", "b", "C d");
        assertThat(expression.isDeterministic()).isTrue();
        assertThat(Expression.parse("coalesce(a, encrypt(b, 'env:K'))").isDeterministic())
                .isFalse();
    }
}
