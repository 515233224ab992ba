package io.godwit.ops.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.core.event.Event.RunRecorded;
import io.godwit.core.event.Fact;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.ops.api.Endpoints.Endpoint;
import io.godwit.platform.event.CloudEventCodec;
import io.godwit.platform.event.EncodedEvent;
import io.godwit.platform.event.EventSource;
import io.godwit.platform.json.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = OpsSurroundings.class, restrictToAnnotatedClass = true)
class AccessTest {
    static {
        // Java's client lets nobody say which host it is that he asks, unless told so before its first use.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    private static final List<String> ROLES = List.of("viewer", "operator", "admin");
    private static final Issuer ISSUER = OpsSurroundings.ISSUER;

    @TestHTTPResource
    @SuppressWarnings("NullAway.Init") // by the framework, before each test
    URI ops;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static List<Endpoint> endpoints() {
        return Endpoints.all();
    }

    @Test
    void theApiHasEndpoints() {
        assertThat(endpoints())
                .hasSizeGreaterThan(8)
                .allMatch(endpoint -> endpoint.path().startsWith("/api/"));
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void refusesWhoShowsNoToken(Endpoint endpoint) throws Exception {
        HttpResponse<String> answer = send(endpoint.method(), endpoint.path(), null);

        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
        assertRefused(answer, 401, "UNAUTHENTICATED");
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void letsInWhoHasTheRoleAndNobodyElse(Endpoint endpoint) throws Exception {
        assertThat(endpoint.roles()).as("roles of " + endpoint).isNotEmpty();
        assertRefused(send(endpoint.method(), endpoint.path(), ISSUER.token("somebody-else")), 403, "FORBIDDEN");
        for (String role : ROLES) {
            HttpResponse<String> answer = send(endpoint.method(), endpoint.path(), ISSUER.token(role));
            if (endpoint.roles().contains(role)) {
                // It went on to what it asks for: which run, or the planner, which is not there.
                assertThat(answer.statusCode())
                        .as(endpoint + " " + answer.body())
                        .isNotIn(401, 403);
            } else {
                assertRefused(answer, 403, "FORBIDDEN");
            }
        }
    }

    /** Whoever may do more may do all that others may; to look is a viewer's, save at rows. */
    @ParameterizedTest
    @MethodSource("endpoints")
    void rolesIncludeOneAnother(Endpoint endpoint) {
        boolean rows = endpoint.path().matches(".*/(preview|quarantine)");
        Set<String> least = endpoint.method().equals("GET") && !rows
                ? Set.of("viewer", "operator", "admin")
                : endpoint.path().equals("/api/jobs") ? Set.of("admin") : Set.of("operator", "admin");

        assertThat(endpoint.roles()).isEqualTo(least);
    }

    static Stream<Arguments> tokensThatDoNotCount() {
        return Stream.of(
                Arguments.of(
                        "expired",
                        ISSUER.sign(
                                Issuer.claims("admin").expiresAt(Instant.now().minusSeconds(90)))),
                Arguments.of(
                        "not valid yet",
                        ISSUER.sign(Issuer.claims("admin")
                                .claim("nbf", Instant.now().plusSeconds(300).getEpochSecond()))),
                Arguments.of(
                        "of another issuer",
                        ISSUER.sign(Issuer.claims("admin").issuer("https://issuer.example.org/other"))),
                Arguments.of(
                        "for another audience",
                        ISSUER.sign(Issuer.claims("admin").audience("other"))),
                Arguments.of("signed by another key", Issuer.signedByAnother("admin")),
                Arguments.of("alg: none", Issuer.unsigned("admin")),
                Arguments.of("HS256 with the public key", ISSUER.signedWithThePublicKey("admin")),
                Arguments.of("altered", altered(ISSUER.token("viewer"))),
                Arguments.of("no token at all", "admin"),
                Arguments.of("empty", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokensThatDoNotCount")
    void refusesATokenThatDoesNotCount(String what, String token) throws Exception {
        HttpResponse<String> answer = send("GET", "/api/runs", token);

        assertRefused(answer, 401, "UNAUTHENTICATED");
        assertThat(answer.body()).doesNotContain("somebody");
    }

    /** The same token as the refused ones, but for what is wrong with them. */
    @Test
    void acceptsATokenThatCounts() throws Exception {
        HttpResponse<String> answer = send("GET", "/api/runs", ISSUER.token("viewer"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Godwit-Api")).hasValue("1");
    }

    /** The framework knows another claim that adds roles; nobody configured it. */
    @Test
    void rolesComeFromNoOtherClaim() throws Exception {
        String token = ISSUER.sign(Issuer.claims("viewer").claim("roleMappings", Map.of("viewer", "admin")));

        assertThat(send("GET", "/api/runs", token).statusCode()).isEqualTo(200);
        assertRefused(send("POST", "/api/jobs", token), 403, "FORBIDDEN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/fold", "/api", "/q", "/q/metrics", "/q/openapi", "/q/dev-ui", "/q/healthy", "/api/../fold"
            })
    void nothingElseIsOpen(String path) throws Exception {
        for (String method : List.of("GET", "POST")) {
            if (!(path.equals("/") && method.equals("POST"))) {
                assertRefused(send(method, path, ISSUER.token("admin")), 404, "NOT_FOUND");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/health/live", "/q/health/ready", "/q/health/started"})
    void healthIsOpen(String path) throws Exception {
        assertThat(send("GET", path, null).statusCode()).isEqualTo(200);
    }

    @Test
    void onlyAnAdminPlansAFileWithConnections() throws Exception {
        String text = """
                kind: Connection
                name: shop
                type: postgresql
                host: elsewhere.example.org
                database: shop
                user: reader
                secret: file:/etc/godwit/secrets/shop
                """;
        String question = Json.text(Map.of("file", Map.of("name", "shop.yaml", "text", text), "parameters", Map.of()));

        HttpResponse<String> refused = send("POST", "/api/plans", ISSUER.token("operator"), question);
        assertRefused(refused, 403, "FORBIDDEN");
        assertThat(refused.body()).contains("shop.yaml").doesNotContain("elsewhere");
        assertThat(send("POST", "/api/plans", ISSUER.token("admin"), question).body())
                .contains("FUNCTION_UNREACHABLE");
    }

    @Test
    void eventsAreTakenByTheNameOfTheBrokerAlone() throws Exception {
        RunId run = RunId.of("by-broker", Instant.parse("2026-11-22T02:00:00Z"));

        assertRefused(event(run, "ops.example.org", Map.of()), 403, "FORBIDDEN");
        assertRefused(event(run, "127.0.0.1", Map.of("K-Original-Host", "godwit.example.org")), 403, "FORBIDDEN");
        assertThat(send("GET", "/api/runs/" + run, ISSUER.token("viewer")).statusCode())
                .isEqualTo(404);
        assertThat(send("GET", "/dead-letters", ISSUER.token("admin")).statusCode())
                .isEqualTo(404);

        assertThat(event(run, "127.0.0.1", Map.of()).statusCode()).isBetween(200, 299);
        assertThat(send("GET", "/api/runs/" + run, ISSUER.token("viewer")).statusCode())
                .isEqualTo(200);
    }

    /** What Java's client does unless told otherwise: HTTP/1.1 with an offer to go on in HTTP/2. */
    @ParameterizedTest
    @MethodSource("endpoints")
    void whoOffersHttp2IsAnsweredLikeAnybody(Endpoint endpoint) throws Exception {
        HttpClient offering =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        String body = endpoint.method().equals("POST") ? "{}" : null;
        HttpRequest request = request(endpoint.method(), endpoint.path(), ISSUER.token("admin"), body);

        HttpResponse<String> offered = offering.send(request, HttpResponse.BodyHandlers.ofString());

        HttpResponse<String> plain = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(offered.statusCode())
                .as(endpoint + " " + offered.body())
                .isEqualTo(plain.statusCode())
                .isNotEqualTo(500);
        assertThat(offered.body()).isEqualTo(plain.body());
    }

    private HttpResponse<String> event(RunId run, String host, Map<String, String> more) throws Exception {
        Instant at = Instant.parse("2026-11-22T02:00:00Z");
        EncodedEvent event = CloudEventCodec.encode(
                new RunRecorded(run, 1, at, new Fact.StateChanged(run.job(), at, RunState.RUNNING, null)),
                EventSource.CLI);
        HttpRequest.Builder request = HttpRequest.newBuilder(ops.resolve("/"))
                .header("Host", host)
                .POST(HttpRequest.BodyPublishers.ofByteArray(event.body()));
        event.headers().forEach(request::header);
        more.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) throws IOException {
        assertThat(answer.statusCode())
                .as(answer.request() + " " + answer.body())
                .isEqualTo(status);
        JsonNode error = Json.mapper().readTree(answer.body());
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("message").asText()).isNotBlank();
        assertThat(error.path("remedy").asText()).isNotBlank();
        assertThat(answer.headers().firstValue("Godwit-Api")).hasValue("1");
    }

    private HttpResponse<String> send(String method, String path, @Nullable String token) throws Exception {
        return send(method, path, token, method.equals("POST") ? "{}" : null);
    }

    private HttpResponse<String> send(String method, String path, @Nullable String token, @Nullable String body)
            throws Exception {
        return http.send(request(method, path, token, body), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String path, @Nullable String token, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(ops.resolve("/").toString().replaceAll("/$", "") + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.build();
    }

    /** Its claims say admin; its signature is of others. */
    private static String altered(String token) {
        String[] parts = token.split("\\.", -1);
        return parts[0] + "." + ISSUER.token("admin").split("\\.", -1)[1] + "." + parts[2];
    }
}
