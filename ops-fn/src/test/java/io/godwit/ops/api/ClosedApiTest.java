package io.godwit.ops.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** It knows a key, and for whom tokens must be; it has not been told who issues them. */
@QuarkusTest
@QuarkusTestResource(
        value = OpsSurroundings.class,
        initArgs = @ResourceArg(name = "without", value = "godwit.api.issuer"),
        restrictToAnnotatedClass = true)
class ClosedApiTest {
    @TestHTTPResource
    @SuppressWarnings("NullAway.Init") // by the framework, before each test
    URI ops;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void apiThatIsNotToldWhoseTokensCountTakesNone() throws Exception {
        HttpResponse<String> answer = get("/api/runs");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .contains("FORBIDDEN", "closed", "GODWIT_API_ISSUER")
                .doesNotContain("GODWIT_API_KEYS");
        assertThat(get("/q/health/ready").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(ops.resolve(path))
                        .header("Authorization", "Bearer " + OpsSurroundings.ISSUER.token("admin"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
