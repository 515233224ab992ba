package io.godwit.local;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Lets nobody in without the token, which only the owner of Godwit's folder can read. Health is open. */
class TokenGuard {
    private final byte[] expected;

    TokenGuard(@ConfigProperty(name = "godwit.token") String token) {
        this.expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    }

    void addTo(@Observes Router router) {
        router.route().order(-1000).handler(context -> {
            String given = context.request().getHeader(HttpHeaders.AUTHORIZATION);
            boolean open = context.normalizedPath().startsWith("/q/health");
            if (open || (given != null && MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8)))) {
                context.next();
            } else {
                context.response().setStatusCode(401).end().onFailure(context::fail);
            }
        });
    }
}
