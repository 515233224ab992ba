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

/** Nobody answers where the issuer's keys should be. */
@QuarkusTest
@QuarkusTestResource(
        value = OpsSurroundings.class,
        initArgs = {
            @ResourceArg(name = "without", value = "godwit.api.public-key"),
            @ResourceArg(name = "keys", value = "http://127.0.0.1:1/keys")
        },
        restrictToAnnotatedClass = true)
class KeysOutOfReachTest {
    @TestHTTPResource
    @SuppressWarnings("NullAway.Init") // by the framework, before each test
    URI ops;

    @Test
    void tokenThatCannotBeCheckedIsRefusedAsSomethingThatPasses() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(ops.resolve("/api/runs"))
                                .header("Authorization", "Bearer " + OpsSurroundings.ISSUER.token("admin"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body()).contains("FUNCTION_UNREACHABLE", "GODWIT_API_KEYS");
    }
}
