package io.godwit.reader;

import io.godwit.connector.MalformedRow;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.TablePlan;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Allows no refused rows: the first one ends the reading, with its place and a remedy. */
record Refusing(TablePlan plan) implements RefusedRows {

    @Override
    public void malformed(MalformedRow row) {
        throw of(row.error(), null);
    }

    @Override
    public void notConvertible(
            GodwitException refusal, @Nullable Supplier<String> place, byte[] tuple, int offset, int length) {
        throw of(refusal, place);
    }

    private GodwitException of(GodwitException refusal, @Nullable Supplier<String> place) {
        return new GodwitException(
                refusal.code(),
                plan.definition().name() + ": " + (place == null ? "" : place.get() + ": ") + refusal.getMessage(),
                refusal.remedy(),
                refusal);
    }
}
