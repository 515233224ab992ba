package io.godwit.connector.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.connector.RangeFilter;
import io.godwit.connector.RowConsumer;
import io.godwit.connector.Sink;
import io.godwit.connector.json.JsonField;
import io.godwit.connector.json.JsonRow;
import io.godwit.core.job.Connection;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.SinkLedgers;
import io.godwit.core.question.SinkQuestions.CloseStep;
import io.godwit.core.question.SinkQuestions.Ledger;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.core.question.SinkQuestions.QuarantinePage;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.question.SinkQuestions.VoidSubtasks;
import io.godwit.core.question.SourceQuestions.ConnectionReport;
import io.godwit.core.run.StepId;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.codec.FieldWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A cluster's indices as a sink. The ledger is in the control store. */
final class OpenSearchSink implements Sink {
    private final Connection connection;
    private final Cluster cluster;
    private final Aliases aliases;
    private final SinkLedgers ledgers;

    OpenSearchSink(Connection connection, Cluster cluster, SinkLedgers ledgers) {
        this.connection = connection;
        this.cluster = cluster;
        this.aliases = new Aliases(cluster, connection.database());
        this.ledgers = ledgers;
    }

    @Override
    public ConnectionReport test() {
        long start = System.nanoTime();
        JsonNode version = cluster.ask("testing", "GET", "/", null).json().path("version");
        return new ConnectionReport(
                version.path("distribution").asText("elasticsearch") + " "
                        + version.path("number").asText(),
                (System.nanoTime() - start) / 1_000_000,
                List.of());
    }

    @Override
    public List<TableDescription> describe(List<TableName> tables) {
        List<TableDescription> found = new ArrayList<>();
        for (TableName table : tables) {
            aliases.find(Names.alias(connection.database(), table))
                    .map(Aliases.Table::columns)
                    .ifPresent(columns -> found.add(description(table, columns)));
        }
        return found;
    }

    private static TableDescription description(TableName table, List<JsonField> columns) {
        return new TableDescription(
                table,
                "alias",
                columns.stream().map(Mapping::column).toList(),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                -1,
                -1);
    }

    @Override
    public Preparation previewPreparation(PrepareStep question) {
        return preparing().prepare(question, true);
    }

    @Override
    public Preparation prepare(PrepareStep question) {
        String uuid = cluster.uuid();
        List<String> places = question.tables().stream()
                .map(table -> place(uuid, table.target()))
                .distinct()
                .toList();
        return ledgers.prepare(question, places, displaced -> {
            displaced.forEach(aliases::deleteAll);
            return preparing().prepare(question, false);
        });
    }

    private Preparing preparing() {
        return new Preparing(cluster, aliases, connection.database());
    }

    /** The same for every run and every connection that writes there, however it names the cluster. */
    private String place(String uuid, TableName table) {
        return "opensearch " + uuid + " " + Names.alias(connection.database(), table);
    }

    @Override
    public Published publish(PublishStep question) {
        return ledgers.publish(question, new Publication(cluster, aliases, connection.database()));
    }

    @Override
    public Ledger close(CloseStep question) {
        Ledger ledger = ledgers.close(question, new Publication(cluster, aliases, connection.database()));
        if (question.cancelled() && ledger.run() == RunRow.CLOSED) {
            aliases.deleteAll(question.step());
        }
        return ledger;
    }

    @Override
    public Ledger reopen(CloseStep question) {
        return ledgers.reopen(question);
    }

    @Override
    public Ledger voidUnwritten(VoidSubtasks question) {
        return ledgers.voidUnwritten(question);
    }

    @Override
    public Ledger ledger(StepId step) {
        return ledgers.ledger(step);
    }

    @Override
    public QuarantinePage quarantine(QuarantineQuestion question) {
        return ledgers.quarantine(question);
    }

    @Override
    public Transaction begin(TablePlan table, Duration most) {
        String index = Names.index(Names.alias(connection.database(), table.target()), table.step());
        return new OpenSearchTransaction(cluster, index, ledgers, table, most);
    }

    @Override
    public void scan(TablePlan table, @Nullable Split split, RowConsumer rows) {
        RangeFilter filter = RangeFilter.of(table, split);
        List<JsonField> columns = Mapping.columns(table);
        JsonRow row = new JsonRow(columns, columns, true);
        FieldWriter tuple = new FieldWriter();
        Documents.Each each = (body, offset, length) -> {
            tuple.clear();
            row.read(body, offset, length, tuple);
            if (filter.takes(tuple.array(), tuple.length())) {
                rows.row(tuple.array(), 0, tuple.length());
            }
        };
        Documents documents = new Documents(cluster);
        String alias = Names.alias(connection.database(), table.target());
        if (aliases.find(alias).isPresent()) {
            documents.read(alias, null, each);
        }
        boolean waiting =
                !table.mode().loadsAside() && ledgers.ledger(table.step()).run() != RunRow.PUBLISHED;
        String index = Names.index(alias, table.step());
        if (waiting && aliases.exists(index)) {
            aliases.refresh(index);
            documents.read(
                    index,
                    Written.of(ledgers.units(table.step()), Set.of(table.ordinal()))
                            .query(),
                    each);
        }
    }

    @Override
    public boolean seeksRanges() {
        return false;
    }

    @Override
    public void close() {
        // The client is everybody's.
    }
}
