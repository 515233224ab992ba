package io.godwit.ops.api.access;

import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Says with each answer which API it is of, so that a command of another version can tell. */
public final class ApiVersion {
    public static final String HEADER = "Godwit-Api";

    /** Grows with every change after which an older command would misread an answer, or be misread. */
    public static final String NUMBER = "1";

    @ServerResponseFilter
    void add(ContainerResponseContext answer) {
        answer.getHeaders().putSingle(HEADER, NUMBER);
    }
}
