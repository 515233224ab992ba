package io.godwit.reader;

import io.godwit.connector.MalformedRow;
import io.godwit.connector.RowConsumer;
import io.godwit.connector.Source;
import io.godwit.core.event.Event.RowsReady;
import io.godwit.core.event.Event.SubtaskRead;
import io.godwit.core.exchange.Batch;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.BatchPublisher;
import io.godwit.core.port.DocumentStore;
import io.godwit.core.port.Meters;
import io.godwit.core.port.Probe;
import io.godwit.core.row.BatchEncoder;
import io.godwit.core.row.BatchFormat;
import io.godwit.core.row.WireColumn;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Tally;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One attempt at one split. */
final class SplitReading {
    private final SubtaskRead event;
    private final AttemptId attempt;
    private final TablePlan plan;
    private final DocumentStore documents;
    private final BatchPublisher exchange;
    private final RateLimits limits;
    private final Probe probe;
    private final Meters meters;
    private final Duration most;

    SplitReading(
            SubtaskRead event,
            AttemptId attempt,
            TablePlan plan,
            DocumentStore documents,
            BatchPublisher exchange,
            RateLimits limits,
            Probe probe,
            Meters meters,
            Duration most) {
        this.meters = meters;
        this.event = event;
        this.attempt = attempt;
        this.plan = plan;
        this.documents = documents;
        this.exchange = exchange;
        this.limits = limits;
        this.probe = probe;
        this.most = most;
    }

    RowsReady read(Sources sources) {
        long begun = System.nanoTime();
        try (BatchPublisher.Stream stream = exchange.open(event.lane())) {
            BatchEncoder encoder = new BatchEncoder(
                    event.subtask(),
                    attempt,
                    WireColumn.of(plan.columns()),
                    BatchFormat.DEFAULT_BATCH_BYTES,
                    batch -> send(stream, batch));
            RateLimits.Meter meter = limits.meter(plan.source());
            MappedRead mapped = new MappedRead(plan, sources.secrets());
            QuarantineBound refused =
                    plan.quarantine() == null ? null : new QuarantineBound(plan, event.subtask(), encoder::refused);
            RowConsumer rows = metered(meter, rows(mapped, encoder, refused));
            if (plan.replays()) {
                try (KeptReading reading = new KeptReading(plan, event.subtask(), documents, sources)) {
                    reading.read(mapped.request(event.split(), most), rows, kept -> {
                        if (refused != null) {
                            refused.replaying(kept);
                        }
                    });
                }
            } else {
                try (Source source = sources.open(plan.source())) {
                    source.read(mapped.request(event.split(), most), rows);
                }
            }
            if (refused != null) {
                refused.finish();
            }
            Tally read = encoder.finish();
            BatchRange range = stream.complete();
            probe.reached(Probe.Step.ROWS_ACKNOWLEDGED, event.subtask());
            return new RowsReady(
                    event.subtask(),
                    attempt,
                    range,
                    read,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
                    mapped.filtered());
        }
    }

    private static RowConsumer rows(MappedRead mapped, BatchEncoder encoder, @Nullable QuarantineBound refused) {
        if (refused == null) {
            return mapped.into(encoder::row);
        }
        return mapped.into(
                (bytes, offset, length) -> {
                    refused.passed();
                    encoder.row(bytes, offset, length);
                },
                refused);
    }

    private static RowConsumer metered(RateLimits.Meter meter, RowConsumer rows) {
        return new RowConsumer() {
            @Override
            public void row(byte[] bytes, int offset, int length) {
                meter.row(length);
                rows.row(bytes, offset, length);
            }

            @Override
            public void placedBy(Supplier<String> place) {
                rows.placedBy(place);
            }

            @Override
            public void malformed(MalformedRow row) {
                meter.row(row.raw().length);
                rows.malformed(row);
            }
        };
    }

    private void send(BatchPublisher.Stream stream, Batch batch) {
        long begun = System.nanoTime();
        stream.send(batch);
        meters.batch(batch.rows(), batch.payload().length, System.nanoTime() - begun);
        probe.reached(Probe.Step.BATCH_SENT, event.subtask());
    }
}
