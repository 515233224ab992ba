package io.godwit.local.command;

import com.fasterxml.jackson.core.type.TypeReference;
import io.godwit.local.report.TextTable;
import io.godwit.ops.DeadLetter;
import io.godwit.ops.DeadLetterView;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists events that no function would take, the latest first. */
@Command(name = "dead-letters", description = "List events that no function would take, the latest first.")
final class DeadLettersCommand extends ApiCommand {
    @Parameters(paramLabel = "RUN", arity = "0..1", description = "of this run only")
    @Nullable
    String run;

    @Option(names = "--limit", description = "how many (default 20)")
    int limit = 20;

    @Override
    int run(Session session) {
        String query = "/dead-letters?limit=" + limit
                + (run == null ? "" : "&run=" + Api.word(Inputs.run(run).value()));
        List<DeadLetterView> letters = session.api().get(query, new TypeReference<List<DeadLetterView>>() {});
        TextTable table = new TextTable("last", ">times", "type", "id", "answered", "by");
        for (DeadLetterView each : letters) {
            DeadLetter letter = each.letter();
            table.row(
                    each.lastAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                    Integer.toString(each.times()),
                    letter.type(),
                    letter.id(),
                    letter.code() == null ? "" : letter.code(),
                    letter.target() == null ? "" : letter.target());
        }
        if (letters.isEmpty()) {
            session.console().line("No dead letters: functions took every event.");
        } else {
            table.lines().forEach(session.console()::line);
        }
        session.console().result(letters);
        return 0;
    }
}
