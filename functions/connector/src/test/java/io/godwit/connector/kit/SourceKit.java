package io.godwit.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Source;
import io.godwit.connector.kit.SampleTable.SampleColumn;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.question.SourceQuestions.SourceSplits;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

/** What the contracts of sources share: a table of its own for each test, and how to split it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // so that connectors say which keys and names they have
abstract class SourceKit {
    static final int ROWS = 3000;
    static final long SPLIT_BYTES = 64 << 10;
    static final String PAYLOAD = "p".repeat(100);

    final TestedSource tested;
    TableName table = new TableName(null, null, "unset");
    private final List<Source> sources = new ArrayList<>();

    SourceKit(TestedSource tested) {
        this.tested = tested;
    }

    @BeforeEach
    void nameTable(TestInfo test) {
        table = tested.tableName("s" + Integer.toHexString((test.getDisplayName() + test.getTestMethod()).hashCode()));
    }

    @AfterEach
    void closeSources() {
        sources.forEach(Source::close);
        sources.clear();
    }

    /** A session of its own, which the end of the test closes. */
    Source source() {
        Source source = tested.open(tested.connection());
        sources.add(source);
        return source;
    }

    /** Whether several sessions can read from one snapshot. */
    protected boolean holdsSnapshots() {
        return true;
    }

    /** @return true; where there are no snapshots, false, once it was seen that they are refused */
    boolean snapshotsAreHeld() {
        if (!holdsSnapshots()) {
            assertThat(codeOf(source()::holdSnapshot)).isEqualTo(ErrorCode.NOT_SUPPORTED);
        }
        return holdsSnapshots();
    }

    static TableDescription describe(Source source, TableName name) {
        List<TableDescription> described = source.describe(List.of(name));
        assertThat(described).hasSize(1);
        return described.get(0);
    }

    SourceSplits split(Source source, TableDescription described, @Nullable String where) {
        return source.split(new SplitSource(tested.connection(), described, where, null, SPLIT_BYTES));
    }

    static ErrorCode codeOf(ThrowingCallable call) {
        return catchThrowableOfType(GodwitException.class, call).code();
    }

    /** {@code (id int8 primary key, payload text)} with rows 0 to count. */
    SampleTable plain(int count) {
        return new SampleTable(
                        table,
                        List.of(new SampleColumn("id", "int8"), new SampleColumn("payload", "text")),
                        List.of("id"),
                        List.of())
                .with(count, i -> List.of(String.valueOf(i), PAYLOAD));
    }

    static List<String> flat(List<List<String>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }
}
