package io.godwit.ops.api.access;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.question.PlannerQuestions.PlanJob;
import io.godwit.platform.jobfile.JobFiles;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whose file may be planned. To plan is to log in: a file with a connection of its own could have a secret of the
 * catalog's sent to any host. That is an admin's to allow; others plan with the catalog's connections.
 */
@ApplicationScoped
public class PlansOfFiles {
    /** None in the single process of {@code local}: its one user may do everything. */
    private final Instance<SecurityIdentity> caller;

    @Inject
    PlansOfFiles(Instance<SecurityIdentity> caller) {
        this.caller = caller;
    }

    /** @throws GodwitException FORBIDDEN; or what {@link JobFiles#parse} finds wrong with the file */
    public void check(PlanJob question) {
        if (question.file() == null || caller.isUnsatisfied() || caller.get().hasRole(Role.ADMIN)) {
            return;
        }
        List<Connection> own =
                JobFiles.parse(question.file().name(), question.file().text()).connections();
        if (!own.isEmpty()) {
            throw new GodwitException(
                    ErrorCode.FORBIDDEN,
                    question.file().name() + " defines connections ("
                            + own.stream().map(Connection::name).collect(Collectors.joining(", "))
                            + "): only an admin says where Godwit logs in",
                    "Take them out of the file: those of the catalog are used.");
        }
    }
}
