package io.godwit.core.job;

import static io.godwit.core.job.ParameterUse.NAME;
import static io.godwit.core.job.ParameterUse.SQL;
import static io.godwit.core.job.ParameterUse.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Parameters.SourceNames;
import io.godwit.core.run.RunId;
import io.godwit.core.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
    /** Half past one in the night in which Berlin's clocks go forward at two. */
    private static final Instant PLAN_TIME = Instant.parse("2026-03-29T00:30:00Z");

    private static final SourceNames ORDERS = new SourceNames("shop", new TableName("shop_1", "public", "orders"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain                             | plain
            ${planTime}                       | 2026-03-29T01:30:00+01:00
            ${planTime:yyyy-MM-dd}            | 2026-03-29
            ${planTime-1d:yyyyMMdd}           | 20260328
            ${planTime+1h:HH:mm XXX}          | 03:30 +02:00
            ${planTime+1d:HH:mm XXX}          | 01:30 +02:00
            ${planTime-1M-1w+2d:yyyyMMdd}     | 20260223
            ${planTime+90m}                   | 2026-03-29T04:00:00+02:00
            ${planTime-30s:ss}                | 30
            ${planTime-1y:yyyy 'week' w YYYY} | 2025 week 13 2025
            ${planTime:millis}                | 1774744200000
            ${dateformat(yyyy-MM-dd HH:mm)}   | 2026-03-29 01:30
            ${dateformat(yyyy-MM-dd HH:mm:ss, -1, DAY)} | 2026-03-28 01:30:00
            ${dateformat(yyyyMMdd,2,month)}   | 20260529
            ${dateformat(HH:mm XXX, +1, HOURS)} | 03:30 +02:00
            ${timestamp()}                    | 1774744200000
            ${timestamp(-1, HOUR)}            | 1774740600000
            ${timestamp(1, DAY)}              | 1774827000000
            #{Job.planTime}                   | 2026-03-29 01:30:00
            #{Job.getPlanTime("yyyyMMdd")}    | 20260329
            #{Job.getYesterday("yyyyMMdd")}/#{Job.name} | 20260328/nightly
            #{Job.getLastHour('yyyyMMddHH')}  | 2026032900
            ##{Job.planTime} # #> {x}         | #{Job.planTime} # #> {x}
            ${job}/${run}                     | nightly/nightly.20260329T003000Z
            ${region}-${day}                  | eu-20260328
            $${region} $$ $ {x} }             | ${region} $$ $ {x} }
            ${source.connection}.${source.database}.${source.schema}.${source.table} | shop.shop_1.public.orders
            """)
    void standForTheirValues(String text, String expected) {
        assertThat(parameters(Map.of()).resolve(text, TEXT, ORDERS)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ${regoin}             | ${regoin}: no parameter of that name                          | Did you mean region?
            ${plantime}           | ${plantime}: no parameter of that name                        | Did you mean planTime?
            ${source.tabel}       | ${source.tabel}: no parameter of that name                    | Did you mean source.table?
            ${source.table}       | ${source.table}: no single source table is meant here         | Use source.* in a column's value, in where, or in a table override.
            ${planTime-1x}        | ${planTime-1x}: an offset is a sign, a number and one of s m h d w M y; a pattern has 1 to 64 characters | Write planTime, offsets and a pattern, as in ${planTime-1d:yyyyMMdd}.
            ${planTime:YYYY-MM}   | ${planTime:YYYY-MM}: Y is the year of the week, which is wrong around new year; write y | Write planTime, offsets and a pattern, as in ${planTime-1d:yyyyMMdd}.
            ${planTime:yyyy-MM-DD} | ${planTime:yyyy-MM-DD}: D is the day of the year; the day of the month is d | Write planTime, offsets and a pattern, as in ${planTime-1d:yyyyMMdd}.
            ${planTime+999999999y+999999999y} | ${planTime+999999999y+999999999y}: cannot be written: Invalid value for Year (valid values -999999999 - 999999999): 1000002025 | Write planTime, offsets and a pattern, as in ${planTime-1d:yyyyMMdd}.
            ${dateformat(yyyyMMdd, -1, DAI)}  | ${dateformat(yyyyMMdd, -1, DAI)}: DAI is no unit. Did you mean DAY? | Write one of those, or ##{ for a plain #{; our own form is ${planTime-1d:yyyyMMdd}.
            ${dateformat()}       | ${dateformat()}: dateformat wants a pattern first | Write one of those, or ##{ for a plain #{; our own form is ${planTime-1d:yyyyMMdd}.
            ${timestamp(yyyy)}    | ${timestamp(yyyy)}: timestamp wants an offset and a unit, or nothing | Write one of those, or ##{ for a plain #{; our own form is ${planTime-1d:yyyyMMdd}.
            #{Job.getTomorrow("yyyy")} | #{Job.getTomorrow("yyyy")}: known are #{Job.name}, #{Job.planTime}, and with a pattern in quotes #{Job.getPlanTime("yyyyMMdd")}, #{Job.getYesterday(...)} and #{Job.getLastHour(...)} | Write one of those, or ##{ for a plain #{; our own form is ${planTime-1d:yyyyMMdd}.
            a #{Job.planTime      | a #{Job.planTime: #{ without its } | Close the brace, or write $${ for a plain ${, ##{ for a plain #{.
            a ${region            | a ${region: ${ without its }                                  | Close the brace, or write $${ for a plain ${, ##{ for a plain #{.
            """)
    void sayWhatIsWrong(String text, String message, String remedy) {
        assertThatThrownBy(() -> parameters(Map.of()).resolve(text, TEXT, null))
                .isInstanceOfSatisfying(GodwitException.class, error -> {
                    assertThat(error.code()).isEqualTo(ErrorCode.PARAMETER_INVALID);
                    assertThat(error.remedy()).isEqualTo(remedy);
                })
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eu'; drop table x; --",
                "eu'",
                "a\"b",
                "a\\",
                "a;b",
                "a--b",
                "a/*b",
                "a*/",
                "a\u0000",
                "a\nb",
                "a`b"
            })
    void valuesCannotBreakOutOfQuotesInSql(String value) {
        Parameters parameters = parameters(Map.of("region", value));
        assertThatThrownBy(() -> parameters.resolve("region = '${region}'", SQL, null))
                .hasMessage("${region}: its value cannot be used here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 or true", "region", "true", "(1)", "1;2", "", "--1", "1 --"})
    void valuesOutsideOfQuotesInSqlAreNumbers(String value) {
        Parameters parameters = parameters(Map.of("region", value));
        assertThatThrownBy(() -> parameters.resolve("id > ${region}", SQL, null))
                .hasMessage("${region}: its value cannot be used here");
    }

    @Test
    void harmlessValuesStandInSql() {
        Parameters parameters = parameters(Map.of("region", "New York, 5th - \u6771\u4eac"));
        assertThat(parameters.resolve("a = 'it''s' and region = '${region}'", SQL, null))
                .isEqualTo("a = 'it''s' and region = 'New York, 5th - \u6771\u4eac'");
        assertThat(parameters(Map.of("region", "-1.5e3")).resolve("x > ${region}", SQL, null))
                .isEqualTo("x > -1.5e3");
        assertThat(parameters.resolve("at < '${planTime:yyyy-MM-dd}' and d < ${planTime:yyyyMMdd}", SQL, null))
                .isEqualTo("at < '2026-03-29' and d < 20260329");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"E'a\\'' || ${region} || ''", "a -- it's\n = ${region} --'", "$q$ ' $q$ || ${region} || ''"})
    void quotingThatIsNotFollowedCountsAsNone(String sql) {
        assertThatThrownBy(() -> parameters(Map.of("region", "eu")).resolve(sql, SQL, null))
                .hasMessage("${region}: its value cannot be used here");
    }

    @Test
    void twoMinusSignsAreNoNumber() {
        assertThatThrownBy(() -> parameters(Map.of("region", "-1")).resolve("x -${region}", SQL, null))
                .hasMessage("${region}: its value cannot be used here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "a\"", "{table}", "*", "/x/", ""})
    void valuesInNamesAreOfOnePart(String value) {
        assertThatThrownBy(() -> parameters(Map.of("region", value)).resolve("public.x_${region}", NAME, null))
                .hasMessage("${region}: its value cannot be used here");
    }

    @Test
    void requestsMayOnlySetWhatTheJobDeclares() {
        assertThatThrownBy(() -> parameters(Map.of("regoin", "us")))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        error -> assertThat(error.remedy()).isEqualTo("Did you mean region?"))
                .hasMessage("parameter regoin: job nightly declares no such parameter");
    }

    @Test
    void valuesOfRequestsAreTakenAsTheyAre() {
        assertThat(parameters(Map.of("day", "${planTime}")).resolve("${day}", TEXT, null))
                .isEqualTo("${planTime}");
    }

    @Test
    void whatWasResolvedIsNoted() {
        Parameters parameters = parameters(Map.of("region", "us"));
        parameters.resolve("${planTime+1d:dd} ${source.table}", TEXT, ORDERS);
        assertThat(parameters.resolved())
                .isEqualTo(Map.of(
                        "region", "us", "day", "20260328", "planTime-1d:yyyyMMdd", "20260328", "planTime+1d:dd", "30"));
    }

    @Test
    void schedulelessJobsLiveInUtc() {
        Job job = new Job("nightly", List.of(), null, Map.of(), null, List.of(), null);
        Parameters parameters = Parameters.of(job, RunId.of("nightly", PLAN_TIME), PLAN_TIME, Map.of());
        assertThat(parameters.resolve("${planTime}", TEXT, null)).isEqualTo("2026-03-29T00:30:00Z");
    }

    @Test
    void textsAreCheckedBeforeAnyRun() {
        assertThat(Parameters.sample("${region} ${source.table} ${planTime:yy}", Set.of("region"), true))
                .isEqualTo("region table 70");
        assertThatThrownBy(() -> Parameters.sample("${region}", Set.of(), true))
                .hasMessage("${region}: no parameter of that name");
        assertThatThrownBy(() -> Parameters.sample("${source.table}", Set.of(), false))
                .hasMessage("${source.table}: no single source table is meant here");
    }

    private static Parameters parameters(Map<String, String> given) {
        Job job = new Job(
                "nightly",
                List.of(),
                new Job.Schedule(null, "Europe/Berlin"),
                Map.of("region", "eu", "day", "${planTime-1d:yyyyMMdd}"),
                null,
                List.of(),
                null);
        return Parameters.of(job, RunId.of("nightly", PLAN_TIME), PLAN_TIME, given);
    }
}
