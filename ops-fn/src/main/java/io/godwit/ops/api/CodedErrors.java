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
        if (code == ErrorCode.NOT_FOUND) {
            return 404;
        }
        if (code == ErrorCode.RUN_STATE_REFUSES) {
            return 409;
        }
        if (code.kind() == ErrorKind.USER) {
            return 422;
        }
        return code.isTransient() ? 503 : 500;
    }
}
