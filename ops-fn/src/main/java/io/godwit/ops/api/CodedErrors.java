package io.godwit.ops.api;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.error.ErrorKind;
import io.godwit.core.error.GodwitException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Coded errors as HTTP answers: the body is always an {@link ErrorInfo}. */
final class CodedErrors {

    @ServerExceptionMapper
    Response answer(GodwitException error) {
        return Response.status(status(error.code()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(error.info())
                .build();
    }

    private static int status(ErrorCode code) {
        return switch (code) {
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case RUN_STATE_REFUSES -> 409;
            default -> code.kind() == ErrorKind.USER ? 422 : code.isTransient() ? 503 : 500;
        };
    }
}
