package io.godwit.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import io.godwit.connector.Source;
import io.godwit.connector.Source.ReadRequest;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.Split;
import io.godwit.core.table.TableDescription;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What servers do that is no list of rows: each ends with a code, a place and a remedy, and nothing is taken for rows.
 */
class FaultsTest {
    private static final String PATH = "/api/none/people";

    private final RestServer server = new RestServer();
    private final CountDownLatch ended = new CountDownLatch(1);

    @AfterEach
    void stop() {
        ended.countDown();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "401,SOURCE_LOGIN_REFUSED",
        "403,SOURCE_LOGIN_REFUSED",
        "404,SOURCE_TABLE_NOT_FOUND",
        "410,SOURCE_TABLE_NOT_FOUND",
        "400,SOURCE_REFUSED",
        "204,SOURCE_REFUSED",
        "304,SOURCE_REFUSED",
        "500,SOURCE_INTERRUPTED",
        "502,SOURCE_INTERRUPTED",
        "408,SOURCE_INTERRUPTED"
    })
    void statusHasItsCode(int status, ErrorCode code) {
        server.answer(PATH, exchange -> exchange.sendResponseHeaders(status, -1));

        GodwitException refused = refused(null);

        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused).hasMessageContaining(PATH).hasMessageContaining(String.valueOf(status));
        assertThat(refused.remedy()).isNotEmpty();
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void serverThatAsksToComeAgainIsAskedAgain(int status) {
        int[] asked = {0};
        server.answer(PATH, exchange -> {
            if (asked[0]++ < 2) {
                exchange.getResponseHeaders().add("Retry-After", asked[0] == 1 ? "0" : "Sat, 01 Jan 2000 00:00:00 GMT");
                exchange.sendResponseHeaders(status, -1);
            } else {
                RestServer.send(exchange, "[{\"id\": 1}]");
            }
        });

        assertThat(rows(null)).isEqualTo(1);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void longPauseIsLeftToWhoeverPlans() {
        server.answer(PATH, exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "20");
            exchange.sendResponseHeaders(429, -1);
        });

        GodwitException refused = refused(Duration.ofSeconds(10));

        assertThat(refused.code()).isEqualTo(ErrorCode.SOURCE_INTERRUPTED);
        assertThat(refused.remedy()).contains("limits");
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"id\": 1}", "[{\"id\": 1}, {\"id\"", "[", "", "[{\"id\": \"a"})
    void answerThatBreaksOffIsReadAgain(String body) {
        server.answer(PATH, exchange -> RestServer.send(exchange, body));

        assertThat(refused(null).code()).isEqualTo(ErrorCode.SOURCE_INTERRUPTED);
    }

    @Test
    void answerShorterThanItsLengthIsReadAgain() {
        server.answer(PATH, exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("[{\"id\": 1}]".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        });

        assertThat(refused(null).code()).isEqualTo(ErrorCode.SOURCE_INTERRUPTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>",
                "{\"error\": \"no\"}",
                "{}",
                "[{\"id\": 1}] [{\"id\": 2}]",
                "[{\"id\": 1} {\"id\": 2}]",
                "[,]",
                "[{\"id\": 1},]",
                "null"
            })
    void answerThatIsNoListIsRefused(String body) {
        server.answer(PATH, exchange -> RestServer.send(exchange, body));

        assertThat(refused(null).code()).isEqualTo(ErrorCode.SOURCE_REFUSED);
        assertThat(refused(null).getMessage()).doesNotContain("error");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"items\": [], \"items\": [{\"id\": 1}]}",
                "{\"items\": {\"id\": 1}}",
                "{\"items\": null}",
                "{\"Items\": []}",
                "{\"items\": [], \"x\": {]}",
                "{\"items\": [], \"x\": tru}",
                "{items: []}",
                "{\"items\" []}"
            })
    void listThatIsNotWhereItShouldBeIsRefused(String body) {
        server.answer(PATH, exchange -> RestServer.send(exchange, body));

        assertThat(refused(Map.of("rows", "/items"), null).code()).isEqualTo(ErrorCode.SOURCE_REFUSED);
    }

    @Test
    void listIsFoundAmongOtherThings() {
        server.answer(
                PATH,
                exchange -> RestServer.send(
                        exchange,
                        "\uFEFF {\"a/b\": {\"x\": [{\"items\": [1]}]}, \"data\": {\"items\": [ {\"id\": 1} , {\"id\": 2}\n] , \"n\": -1.5e3}, \"z\": \"]}\\\"\"}  "));

        assertThat(rows(Map.of("rows", "/data/items"), null)).isEqualTo(2);
    }

    @Test
    void bodyThatComesTooSlowlyIsReplacedByParts() {
        server.answer(PATH, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("[{\"id\": 1},".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            held();
        });

        assertThat(refused(Duration.ofMillis(300)).code()).isEqualTo(ErrorCode.SUBTASK_TOO_LARGE);
    }

    @Test
    void headersThatDoNotComeEndInTime() {
        server.answer(PATH, exchange -> held());

        assertThat(refused(Duration.ofMillis(300)).code()).isEqualTo(ErrorCode.SUBTASK_TOO_LARGE);
    }

    @Test
    void endlessListEndsInTime() {
        server.answer(PATH, exchange -> endless(exchange, "[", "{\"id\": 1},"));

        assertThat(refused(Duration.ofMillis(300)).code()).isEqualTo(ErrorCode.SUBTASK_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"id\": \"|x",
                "[|[",
                "{\"|a",
                "{\"x\": [|{\"a\": ",
                "[{\"id\": |1",
                "{\"a\": 1}, |{\"b\": 2},"
            })
    void endlessValueIsRefusedBeforeItIsHeld(String parts) {
        String[] part = parts.split("\\|", 2);
        server.answer(PATH, exchange -> endless(exchange, part[0], part[1].repeat(1000)));

        GodwitException refused = refused(null);

        assertThat(refused.code()).isIn(ErrorCode.ROW_TOO_LARGE, ErrorCode.SOURCE_REFUSED);
        assertThat(refused).hasMessageContaining(PATH);
    }

    @Test
    void endlessBlanksAreRefused() {
        server.answer(PATH, exchange -> endless(exchange, "[", " ".repeat(1000)));

        assertThat(refused(null).code()).isEqualTo(ErrorCode.SOURCE_REFUSED);
    }

    @Test
    void packedAnswerIsUnpacked() {
        server.answer(PATH, exchange -> {
            assertThat(exchange.getRequestHeaders().getFirst("Accept-Encoding")).isEqualTo("gzip");
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            RestServer.send(exchange, gzip("[{\"id\": 1}, {\"id\": 2}]", 1));
        });

        assertThat(rows(null)).isEqualTo(2);
    }

    @Test
    void packedAnswerThatBreaksOffIsReadAgain() {
        byte[] whole = gzip("[{\"id\": 1}, {\"id\": 2}]", 1);
        server.answer(PATH, exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            RestServer.send(exchange, java.util.Arrays.copyOf(whole, whole.length - 9));
        });

        assertThat(refused(null).code()).isEqualTo(ErrorCode.SOURCE_INTERRUPTED);
    }

    @Test
    void bombIsRefused() {
        byte[] bomb = gzip("{\"id\":1" + " ".repeat(50_000) + "},", 3000);
        server.answer(PATH, exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            RestServer.send(exchange, bomb);
        });

        GodwitException refused = refused(null);

        assertThat(refused.code()).isEqualTo(ErrorCode.SOURCE_REFUSED);
        assertThat(refused).hasMessageContaining("attack");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json;charset=UTF-8,,1",
        "text/plain; Charset=\"utf-8\",,1",
        "application/json; charset=iso-8859-1,,0",
        "application/json; charset=nonsense,,0",
        "application/json,br,0"
    })
    void answerInAnotherEncodingIsRefused(String type, @Nullable String encoding, int rows) {
        server.answer(PATH, exchange -> {
            exchange.getResponseHeaders().add("Content-Type", type);
            if (encoding != null) {
                exchange.getResponseHeaders().add("Content-Encoding", encoding);
            }
            RestServer.send(exchange, "[{\"id\": 1}]");
        });

        if (rows > 0) {
            assertThat(rows(null)).isEqualTo(rows);
        } else {
            assertThat(refused(null).code()).isEqualTo(ErrorCode.SOURCE_REFUSED);
        }
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        server.answer(
                PATH,
                exchange -> RestServer.send(exchange, "[{\"id\": \"\u00e4\"}]".getBytes(StandardCharsets.UTF_16LE)));

        assertThat(refused(null).code()).isEqualTo(ErrorCode.SOURCE_REFUSED);
    }

    private void held() {
        try {
            ended.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the other side has enough of it. */
    private static void endless(HttpExchange exchange, String first, String again) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.write(first.getBytes(StandardCharsets.UTF_8));
        byte[] more = again.getBytes(StandardCharsets.UTF_8);
        for (long written = 0; written < 1L << 32; written += more.length) {
            out.write(more);
        }
    }

    private static byte[] gzip(String text, int times) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            if (times > 1) {
                out.write('[');
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < times; i++) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private GodwitException refused(@Nullable Duration most) {
        return refused(Map.of(), most);
    }

    private GodwitException refused(Map<String, String> options, @Nullable Duration most) {
        return catchThrowableOfType(GodwitException.class, () -> rows(options, most));
    }

    private int rows(@Nullable Duration most) {
        return rows(Map.of(), most);
    }

    private int rows(Map<String, String> options, @Nullable Duration most) {
        int[] rows = {0};
        try (Source source = server.source("none", "people(id int8)", options)) {
            TableDescription table = Tables.declared(source.tables().get(0), "id", "int8");
            source.read(
                    new ReadRequest(table, table.columns(), null, new Split.Whole(null), null, 100_000, most),
                    (bytes, offset, length) -> rows[0]++);
        }
        return rows[0];
    }
}
