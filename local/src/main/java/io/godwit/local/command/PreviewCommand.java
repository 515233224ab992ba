package io.godwit.local.command;

import io.godwit.core.question.SourceQuestions.Preview;
import io.godwit.local.report.TextTable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the first rows of a table. */
@Command(name = "preview", description = "Show the first rows of TABLE of CONNECTION.")
final class PreviewCommand extends ApiCommand {
    private static final int WIDEST = 40;

    @Parameters(index = "0", paramLabel = "CONNECTION", description = "a connection of the catalog, or of --file")
    String connection = "";

    @Parameters(index = "1", paramLabel = "TABLE", description = "as schema.table")
    String table = "";

    @Option(names = "--limit", description = "how many rows (default 10)")
    int limit = 10;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "apply this job file first")
    @Nullable
    String file;

    @Override
    int run(Session session) {
        Catalog.apply(session, file);
        Preview preview = session.api()
                .get(
                        "/connections/" + Api.word(connection) + "/preview?table=" + Api.word(table) + "&limit="
                                + limit,
                        Preview.class);
        TextTable text = new TextTable(preview.columns().toArray(String[]::new));
        for (List<@Nullable String> row : preview.rows()) {
            text.row(row.stream().map(PreviewCommand::cell).toArray(String[]::new));
        }
        text.lines().forEach(session.console()::line);
        session.console().result(preview);
        return 0;
    }

    private static String cell(@Nullable String value) {
        if (value == null) {
            return "NULL";
        }
        String line = value.replaceAll("\\p{Cntrl}", "�");
        return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 1) + "…";
    }
}
