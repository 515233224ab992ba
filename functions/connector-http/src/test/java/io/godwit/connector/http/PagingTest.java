package io.godwit.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import io.godwit.connector.Source;
import io.godwit.connector.Source.ReadRequest;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.Split;
import io.godwit.core.question.SourceQuestions.SourceSplits;
import io.godwit.core.question.SourceQuestions.SplitAgain;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row once, whatever the paging; and what shows that pages are not of one list ends the reading. */
class PagingTest {
    private static final long SMALL = 4 << 10;

    private final RestServer server = new RestServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"none,950", "page,950", "offset,950", "cursor,950", "link,950", "page,300", "offset,300", "cursor,300"})
    void everyRowIsReadOnce(String paging, int rows) {
        server.put("people", people(rows));
        Source source = server.source(paging, "people", Map.of());
        TableDescription table = described(source);

        List<PlannedSplit> splits = split(source, table).splits();

        boolean numbered = paging.equals("page") || paging.equals("offset");
        assertThat(splits).hasSize(numbered ? (rows + 99) / 100 : 1);
        assertThat(read(source, table, splits)).isEqualTo(people(rows));
        assertThat(read(source, table, List.of(whole()))).isEqualTo(people(rows));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "page", "offset", "cursor", "link"})
    void emptyTableIsOneSplitWithoutRows(String paging) {
        server.put("people", List.of());
        Source source = server.source(paging, "people(id int8)", Map.of());
        TableDescription table = described(source);

        assertThat(split(source, table).splits()).hasSize(1);
        assertThat(read(source, table, split(source, table).splits())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"cursor,950,false", "cursor,99,true", "link,950,false", "link,99,true"})
    void planSaysThatAFirstPageIsTheOnlyOne(String paging, int rows, boolean only) {
        server.put("people", people(rows));
        Source source = server.source(paging, "people", Map.of());

        assertThat(split(source, described(source)).reason().contains("all there is"))
                .isEqualTo(only);
    }

    @ParameterizedTest
    @CsvSource({"page,250", "page,200", "offset,250", "offset,200"})
    void pagesWithoutATotalEndWithAnEmptyOne(String paging, int rows) {
        server.put("people", people(rows));
        Source source = server.source(paging, "people", Map.of("total", ""));
        TableDescription table = described(source);

        SourceSplits splits = split(source, table);

        assertThat(splits.reason()).contains("option total").contains("shift");
        assertThat(read(source, table, splits.splits())).isEqualTo(people(rows));
    }

    @ParameterizedTest
    @ValueSource(strings = {"page", "offset"})
    void halvesBeginWherePagesDo(String paging) {
        server.put("people", people(950));
        Source source = server.source(paging, "people", Map.of());
        TableDescription table = described(source);
        List<PlannedSplit> parts = source.split(new SplitSource(connection(), table, null, null, 1 << 20))
                .splits();
        assertThat(parts).hasSize(1);
        for (int depth = 0; depth < 5; depth++) {
            parts = parts.stream()
                    .flatMap(part ->
                            source.splitAgain(new SplitAgain(connection(), table, null, null, part)).splits().stream())
                    .toList();
        }

        assertThat(parts).hasSize(10);
        assertThat(read(source, table, parts)).isEqualTo(people(950));
    }

    @Test
    void connectionsOwnParametersAndThoseOfTheJobAreSent() {
        server.put("people", people(1));
        Source source = server.source("offset", "people", Map.of("query", "sort=id&lang=de"));
        TableDescription table = described(source);

        source.split(new SplitSource(connection(), table, "since = '2026-01-01&x=1' AND year=2026", null, SMALL));

        assertThat(server.requests())
                .last()
                .asString()
                .endsWith("/people?sort=id&lang=de&since=2026-01-01%26x%3D1&year=2026&offset=0&limit=100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"id > 5", "1 = 0", "a = 'x' OR b = 'y'", "a = 'x' --", "a = 'x' AND", "limit = 3", "a = 'x", ""})
    void conditionThatIsMoreThanParametersIsRefused(String where) {
        server.put("people", people(1));
        Source source = server.source("offset", "people", Map.of());
        TableDescription table = described(source);

        if (where.isEmpty()) {
            assertThat(source.split(new SplitSource(connection(), table, where, null, SMALL))
                            .splits())
                    .hasSize(1);
        } else {
            assertThat(codeOf(() -> source.split(new SplitSource(connection(), table, where, null, SMALL))))
                    .isEqualTo(ErrorCode.SOURCE_REFUSED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "page", "offset"})
    void tableThatChangedSinceThePlanIsRefused(String paging) {
        server.put("people", people(950));
        Source source = server.source(paging, "people", Map.of());
        TableDescription table = described(source);
        List<PlannedSplit> splits = split(source, table).splits();

        server.put("people", people(951));

        assertThat(codeOf(() -> read(source, table, splits))).isEqualTo(ErrorCode.SOURCE_CHANGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"page", "offset", "cursor", "link"})
    void tableThatChangesWhileItIsReadIsRefused(String paging) {
        Map<String, String> total = paging.equals("page") || paging.equals("cursor")
                ? Map.of("total", "/meta/total")
                : Map.of("total", "X-Total-Count");
        paged(paging, 950, (exchange, request) -> request < 5 ? 950 : 949);
        Source source = server.source(paging, "people", total);
        TableDescription table = described(source);

        GodwitException changed =
                catchThrowableOfType(GodwitException.class, () -> read(source, table, List.of(whole())));

        assertThat(changed.code()).isEqualTo(ErrorCode.SOURCE_CHANGED);
        assertThat(changed).hasMessageContaining("949").hasMessageContaining("950");
    }

    @Test
    void lastPageBeforeAllRowsIsRefused() {
        server.answer("/api/cursor/people", exchange -> {
            String cursor = RestServer.query(exchange).getOrDefault("cursor", "");
            RestServer.send(
                    exchange,
                    "{\"items\": " + people(100) + ", \"meta\": {\"total\": 300, \"next\": "
                            + (cursor.isEmpty() ? "\"b\"" : "null") + "}}");
        });
        Source source = server.source("cursor", "people", Map.of("total", "/meta/total"));
        TableDescription table = described(source);

        assertThat(codeOf(() -> read(source, table, List.of(whole())))).isEqualTo(ErrorCode.SOURCE_CHANGED);
    }

    @Test
    void listThatIsAPageThoughNobodySaidSoIsRefused() {
        paged("none", 950, (exchange, request) -> 950);
        Source source = server.source("none", "people", Map.of("total", "X-Total-Count"));
        TableDescription table = described(source);

        GodwitException refused =
                catchThrowableOfType(GodwitException.class, () -> read(source, table, List.of(whole())));

        assertThat(refused).hasMessageContaining("set option paging");
    }

    @ParameterizedTest
    @CsvSource({"page,true", "offset,true", "page,false", "offset,false"})
    void serverThatGivesFewerRowsThanAskedForIsFound(String paging, boolean total) {
        server.put("people", people(950));
        Source source = server.source(
                paging, "people", total ? Map.of("pageSize", "600") : Map.of("pageSize", "600", "total", ""));
        TableDescription table = described(source);

        GodwitException refused = catchThrowableOfType(GodwitException.class, () -> {
            List<PlannedSplit> splits = split(source, table).splits();
            read(source, table, splits);
        });

        assertThat(refused.code()).isEqualTo(ErrorCode.SOURCE_REFUSED);
        assertThat(refused).hasMessageContaining("pageSize");
    }

    @ParameterizedTest
    @CsvSource({"page,pageParameter", "offset,offsetParameter", "page,sizeParameter", "offset,sizeParameter"})
    void parameterThatTheServerDoesNotKnowIsFound(String paging, String option) {
        server.put("people", people(250));
        Source source = server.source(paging, "people", Map.of(option, "unknown", "pageSize", "50"));
        TableDescription table = described(source);

        assertThat(codeOf(() -> split(source, table))).isEqualTo(ErrorCode.SOURCE_REFUSED);
    }

    @Test
    void pageThatIsGoneIsNoEnd() {
        server.put("people", people(300));
        Source source = server.source("page", "people", Map.of("total", ""));
        TableDescription table = described(source);
        server.answer("/api/page/people", exchange -> {
            if ("2".equals(RestServer.query(exchange).get("page"))) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                RestServer.send(exchange, "{\"items\": " + people(100) + "}");
            }
        });

        assertThat(codeOf(() -> read(source, table, List.of(whole())))).isEqualTo(ErrorCode.SOURCE_CHANGED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void cursorsThatComeRoundAreFound(int circle) {
        server.answer("/api/cursor/people", exchange -> {
            int at = Integer.parseInt(RestServer.query(exchange).getOrDefault("cursor", "0"));
            int next = at == 10 + circle - 1 ? 10 : at + 1;
            RestServer.send(exchange, "{\"items\": [{\"id\": " + at + "}], \"meta\": {\"next\": " + next + "}}");
        });
        Source source = server.source("cursor", "people", Map.of());
        TableDescription table = described(source);

        assertThat(codeOf(() -> read(source, table, List.of(whole())))).isEqualTo(ErrorCode.SOURCE_REFUSED);
        assertThat(server.requests()).hasSizeLessThan(60);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:1/people",
                "http://localhost:%d/people",
                "https://127.0.0.1:%d/people",
                "http://x@127.0.0.1:%d/people",
                "file:///etc/passwd"
            })
    void addressOfAnotherPlaceIsNotFollowed(String address) {
        try (RestServer other = new RestServer()) {
            String away = address.formatted(other.port());
            server.answer("/api/link/people", exchange -> {
                exchange.getResponseHeaders().add("Link", "<" + away + ">; rel=next");
                RestServer.send(exchange, people(100).toString());
            });
            server.answer("/api/link/moved", exchange -> {
                exchange.getResponseHeaders().add("Location", away);
                exchange.sendResponseHeaders(302, -1);
            });
            Source source = server.source("link", "people, moved", Map.of());
            TableDescription table = described(source);

            GodwitException refused =
                    catchThrowableOfType(GodwitException.class, () -> read(source, table, List.of(whole())));

            assertThat(refused.code()).isEqualTo(ErrorCode.SOURCE_REFUSED);
            assertThat(refused).hasMessageContaining("another place");
            assertThat(codeOf(() -> source.describe(List.of(source.tables().get(0)))))
                    .isEqualTo(ErrorCode.SOURCE_REFUSED);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void redirectWithinTheServerIsFollowed() {
        server.put("people", people(3));
        server.answer("/api/none/persons", exchange -> {
            exchange.getResponseHeaders().add("Location", "/api/none/people");
            exchange.sendResponseHeaders(307, -1);
        });
        Source source = server.source("none", "persons", Map.of());

        assertThat(read(source, described(source), List.of(whole()))).hasSize(3);
    }

    @Test
    void redirectsThatComeRoundEnd() {
        server.answer("/api/none/people", exchange -> {
            exchange.getResponseHeaders().add("Location", "/api/none/people");
            exchange.sendResponseHeaders(307, -1);
        });
        Source source = server.source("none", "people", Map.of());

        assertThat(codeOf(() -> source.describe(source.tables()))).isEqualTo(ErrorCode.SOURCE_REFUSED);
    }

    @Test
    void nextAddressMayStandInTheContent() {
        server.answer("/api/link/people", exchange -> {
            boolean first = RestServer.query(exchange).get("page") == null;
            RestServer.send(
                    exchange,
                    "{\"next\": " + (first ? "\"?page=2\"" : "null") + ", \"results\": [{\"id\": " + (first ? 1 : 2)
                            + "}], \"count\": 2}");
        });
        Source source = server.source(
                "link", "people", Map.of("rows", "/results", "next", "/next", "total", "/count", "pageSize", ""));

        assertThat(read(source, described(source), List.of(whole()))).containsExactly("{\"id\":1}", "{\"id\":2}");
    }

    @ParameterizedTest
    @ValueSource(longs = {50, 101})
    void splitThatNoPlanHasIsRefused(long first) {
        server.put("people", people(300));
        Source source = server.source("page", "people", Map.of());
        PlannedSplit forged = new PlannedSplit(new Split.Rows("300 rows", first, 300L), -1, -1);

        assertThat(codeOf(() -> read(source, described(source), List.of(forged))))
                .isEqualTo(ErrorCode.EVENT_MALFORMED);
    }

    /** What the server says how many rows there are, by the number of the request. */
    private interface Said {
        int rows(HttpExchange exchange, int request) throws IOException;
    }

    private void paged(String paging, int rows, Said said) {
        int[] requests = {0};
        IntFunction<String> list =
                from -> people(rows).subList(from, Math.min(rows, from + 100)).toString();
        server.answer("/api/" + paging + "/people", exchange -> {
            Map<String, String> query = RestServer.query(exchange);
            int from = paging.equals("page")
                    ? 100 * Integer.parseInt(query.getOrDefault("page", "1")) - 100
                    : Integer.parseInt(query.getOrDefault("offset", query.getOrDefault("cursor", "0")));
            int total = said.rows(exchange, requests[0]++);
            exchange.getResponseHeaders().add("X-Total-Count", String.valueOf(total));
            exchange.getResponseHeaders().add("Link", "<?cursor=" + (from + 100) + ">; rel=next");
            boolean bare = !paging.equals("page") && !paging.equals("cursor");
            RestServer.send(
                    exchange,
                    bare
                            ? list.apply(from)
                            : "{\"items\": " + list.apply(from) + ", \"meta\": {\"total\": " + total + ", \"next\": "
                                    + (from + 100) + "}}");
        });
    }

    private static List<String> people(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"id\":" + i + ",\"name\":\"name of number " + i + "\"}")
                .toList();
    }

    private io.godwit.core.job.Connection connection() {
        return server.connection("none", "people", Map.of());
    }

    private static TableDescription described(Source source) {
        TableName last = source.tables().get(source.tables().size() - 1);
        return source.describe(List.of(last)).get(0);
    }

    private SourceSplits split(Source source, TableDescription table) {
        return source.split(new SplitSource(connection(), table, null, null, SMALL));
    }

    private static PlannedSplit whole() {
        return new PlannedSplit(new Split.Whole(null), -1, -1);
    }

    /** The rows as JSON again. */
    private static List<String> read(Source source, TableDescription table, List<PlannedSplit> splits) {
        List<String> rows = new ArrayList<>();
        splits.forEach(split -> source.read(
                new ReadRequest(table, table.columns(), null, split.split(), null, 1 << 20, null),
                (bytes, offset, length) -> rows.add(JsonOf.row(table.columns(), bytes, offset, length))));
        return rows;
    }

    private static @Nullable ErrorCode codeOf(ThrowingCallable call) {
        return catchThrowableOfType(GodwitException.class, call).code();
    }
}
