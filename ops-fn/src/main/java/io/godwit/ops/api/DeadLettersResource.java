package io.godwit.ops.api;

import io.godwit.ops.DeadLetterView;
import io.godwit.ops.api.access.Role;
import io.godwit.ops.store.DeadLetters;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Events that no function would take. */
@Path("/api/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class DeadLettersResource {
    private final DataSource store;
    private final DeadLetters letters;

    @Inject
    DeadLettersResource(DataSource store, DeadLetters letters) {
        this.store = store;
        this.letters = letters;
    }

    /** The latest first, of one run or of all. */
    @GET
    @Operation(summary = "Events that no function would take, the latest first, of one run or of all.")
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.ADMIN})
    public List<DeadLetterView> latest(
            @QueryParam("run") @Nullable String run, @QueryParam("limit") @DefaultValue("20") int limit)
            throws SQLException {
        try (Connection connection = store.getConnection()) {
            return letters.latest(connection, run, AnswerLimit.bounded(limit));
        }
    }
}
