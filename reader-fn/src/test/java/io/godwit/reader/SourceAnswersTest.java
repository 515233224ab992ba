package io.godwit.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.question.SourceQuestions.DescribeSource;
import io.godwit.core.question.SourceQuestions.HoldSnapshot;
import io.godwit.core.question.SourceQuestions.KeyHash;
import io.godwit.core.question.SourceQuestions.KeysOfBucket;
import io.godwit.core.question.SourceQuestions.ReleaseSnapshot;
import io.godwit.core.question.SourceQuestions.TallyRows;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.Tally;
import io.godwit.platform.kit.TestServers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceAnswersTest {
    private final SourceTable table = new SourceTable(100);
    private final SourceAnswers answers = table.answers();

    @Test
    void tablesAreFoundByPatternInDatabasesFoundByPattern() {
        TestServers.connection("shard_1");
        TestServers.connection("shard_2");
        execute("shard_1", "create table if not exists orders_1 (id int)");
        execute("shard_2", "create table if not exists orders_2 (id int)");
        execute("shard_2", "create table if not exists orders_tmp (id int)");

        List<String> found = answers
                .describeSource(new DescribeSource(
                        table.connection(),
                        List.of("/shard_\\d+/"),
                        List.of("public.orders_*"),
                        List.of("public.*_tmp")))
                .tables()
                .stream()
                .map(description -> description.name().toString())
                .toList();

        assertThat(found).containsExactly("shard_1.public.orders_1", "shard_2.public.orders_2");
    }

    @Test
    void bucketsAddUpToTheWhole() {
        Tally whole = answers.tallySource(new TallyRows(table.tablePlan(), null, 1))
                .buckets()
                .get(0);

        Tally sum = answers.tallySource(new TallyRows(table.tablePlan(), null, 8)).buckets().stream()
                .reduce(Tally.ZERO, Tally::plus);

        assertThat(sum).isEqualTo(whole);
        assertThat(whole.rows()).isEqualTo(100);
    }

    @Test
    void keysOfAllBucketsAreEveryKeyOnce() {
        List<String> keys = new ArrayList<>();
        for (int bucket = 0; bucket < 4; bucket++) {
            answers.keysOfSource(new KeysOfBucket(table.tablePlan(), null, 4, bucket, 1000, null)).keys().stream()
                    .map(KeyHash::key)
                    .forEach(keys::add);
        }

        assertThat(keys).hasSize(100).doesNotHaveDuplicates().contains("1", "100");
    }

    @Test
    void snapshotIsHeldOncePerStepUntilReleased() {
        HoldSnapshot question = new HoldSnapshot(step(1), table.connection());

        String name = answers.holdSnapshot(question).name();

        assertThat(answers.holdSnapshot(question).name()).isEqualTo(name);
        assertThat(answers.releaseSnapshot(new ReleaseSnapshot(step(1))).snapshots())
                .isEqualTo(1);
        assertThat(answers.releaseSnapshot(new ReleaseSnapshot(step(1))).snapshots())
                .isZero();
    }

    @Test
    void noMoreSnapshotsAreHeldThanMayBe() {
        answers.holdSnapshot(new HoldSnapshot(step(1), table.connection()));
        answers.holdSnapshot(new HoldSnapshot(step(2), table.connection()));

        assertThatThrownBy(() -> answers.holdSnapshot(new HoldSnapshot(step(3), table.connection())))
                .isInstanceOfSatisfying(
                        GodwitException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.NOT_SUPPORTED));
        answers.releaseSnapshot(new ReleaseSnapshot(step(1)));
        answers.releaseSnapshot(new ReleaseSnapshot(step(2)));
    }

    private static StepId step(int number) {
        return StepId.of(RunId.of("snapshots", Instant.EPOCH), "step-" + number);
    }

    private static void execute(String database, String sql) {
        try (java.sql.Connection session = TestServers.postgres().connect(database);
                java.sql.Statement statement = session.createStatement()) {
            statement.execute(sql);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
