package io.godwit.ops;

import io.godwit.core.question.PlannerQuestions;
import io.godwit.ops.store.DeadLetters;
import io.godwit.ops.store.History;
import io.godwit.ops.store.RunQueries;
import io.godwit.platform.ask.HttpQuestions;
import io.godwit.platform.json.Json;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the operations centre is made of. */
@Dependent
class OpsWiring {

    @Produces
    @Singleton
    History history() {
        return new History(Json.mapper());
    }

    @Produces
    @Singleton
    RunQueries runQueries() {
        return new RunQueries(Json.mapper());
    }

    @Produces
    @Singleton
    DeadLetters deadLetters(@ConfigProperty(name = "godwit.ops.dead-letters") int kept) {
        return new DeadLetters(kept);
    }

    /** The planner, asked by HTTP function invoke. */
    @Produces
    @Singleton
    @Named("ops")
    PlannerQuestions planner(
            @ConfigProperty(name = "godwit.ops.planner-url") URI url,
            @ConfigProperty(name = "godwit.token") Optional<String> token) {
        HttpQuestions planner = HttpQuestions.at(url);
        return token.map(text -> planner.withBearer(() -> text)).orElse(planner).client(PlannerQuestions.class);
    }
}
