package io.godwit.ops.api.access;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Refusals as HTTP answers, in the form of every other error. */
final class AccessErrors {
    private static final String CHALLENGE = "Bearer realm=\"godwit\"";

    @ServerExceptionMapper
    Response noToken(UnauthorizedException error) {
        return unauthenticated(CHALLENGE, "no token was shown", "Send the header Authorization: Bearer TOKEN.");
    }

    /** What is wrong with it is not told: whoever forges one would learn from it. */
    @ServerExceptionMapper
    Response tokenRefused(AuthenticationFailedException error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return keysOutOfReach();
            }
        }
        return unauthenticated(
                CHALLENGE + ", error=\"invalid_token\"",
                "the token does not count here: it has expired, or is of another issuer, audience or key",
                "Get a new token of the issuer that this API was told of. The log of ops says more at level DEBUG.");
    }

    @ServerExceptionMapper
    Response roleMissing(ForbiddenException error, ContainerRequestContext request) {
        SecurityContext caller = request.getSecurityContext();
        List<String> roles = Role.ALL.stream().filter(caller::isUserInRole).toList();
        return Response.status(403)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new ErrorInfo(
                        ErrorCode.FORBIDDEN,
                        request.getMethod() + " of this path is refused to "
                                + (roles.isEmpty() ? "a caller without a role" : String.join(", ", roles)),
                        "A viewer looks, an operator plans, runs, controls and validates, an admin applies: ask for the"
                                + " role."))
                .build();
    }

    private static Response keysOutOfReach() {
        return Response.status(503)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new ErrorInfo(
                        ErrorCode.FUNCTION_UNREACHABLE,
                        "no token can be checked: the issuer's keys cannot be fetched",
                        "Try again in a moment; then see whether ops reaches what GODWIT_API_KEYS names."))
                .build();
    }

    private static Response unauthenticated(String challenge, String message, String remedy) {
        return Response.status(401)
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new ErrorInfo(ErrorCode.UNAUTHENTICATED, message, remedy))
                .build();
    }
}
