package io.godwit.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.question.PlannerQuestions.QuarantinedRow;
import io.godwit.core.question.PlannerQuestions.QuarantinedValue;
import io.godwit.core.question.SinkQuestions.QuarantinePlace;
import io.godwit.core.run.RowForm;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.table.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineFilesTest {
    private static final StepId STEP = StepId.of(RunId.of("shop", Instant.EPOCH), "copy");

    @Test
    void rowsLieUnderAHeaderThatIsTheirs(@TempDir Path home) throws IOException {
        Path folder = home.resolve("out");
        try (QuarantineFiles files = QuarantineFiles.in(folder)) {
            files.write(row(value("name", "text", "Ada"), value("city", "text", "London")));
            files.write(row(value("city", "text", "Paris"), value("name", "text", "Blaise")));
            files.write(row(value("name", "text", "Emmy"), value("city", "text", "Erlangen")));
            files.write(row(value("name", "text", "Kurt"), value("city", "int4", "1")));

            assertThat(files.written().values()).containsExactlyInAnyOrder(2L, 1L, 1L);
        }

        Path within = folder.resolve("public");
        assertThat(Files.readString(within.resolve("people_source.csv")))
                .isEqualTo("\"name\",\"city\"\n\"Ada\",\"London\"\n\"Emmy\",\"Erlangen\"\n");
        assertThat(Files.readString(within.resolve("people_source-2.csv")))
                .isEqualTo("\"city\",\"name\"\n\"Paris\",\"Blaise\"\n");
        assertThat(Files.readString(within.resolve("people_source-3.csv")))
                .isEqualTo("\"name\",\"city\"\n\"Kurt\",\"1\"\n");
        assertThat(Files.readString(within.resolve("people_source-3_schema.json")))
                .contains("int4");
    }

    private static QuarantinedValue value(String column, String type, String value) {
        return new QuarantinedValue(column, type, value);
    }

    private static QuarantinedRow row(QuarantinedValue... columns) {
        return new QuarantinedRow(
                new QuarantinePlace(SubtaskId.of(STEP, 0, 0), 1),
                new TableName("shop", "public", "people"),
                "line 1",
                "ROW_REFUSED",
                "refused",
                Instant.EPOCH,
                RowForm.SOURCE,
                List.of(columns),
                null);
    }
}
