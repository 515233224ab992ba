package io.godwit.connector.jdbc.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.row.RowHash;

/** Tells questions apart that a sink is asked about a step. */
public final class Fingerprint {
    private Fingerprint() {}

    /** Estimates and settings of connections are left out. */
    public static String of(PrepareStep question) {
        StringBuilder text = new StringBuilder().append(question.before());
        for (TablePlan plan : question.tables()) {
            text.append(plan.ordinal())
                    .append(plan.target())
                    .append(plan.mode())
                    .append(plan.create());
            text.append(plan.key()).append(plan.columns()).append(plan.where());
            text.append(plan.definition().name()).append(plan.definition().columns());
        }
        byte[] bytes = text.toString().getBytes(UTF_8);
        return String.format("%016x", RowHash.of(bytes, 0, bytes.length));
    }
}
