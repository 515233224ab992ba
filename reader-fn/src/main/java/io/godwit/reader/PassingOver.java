package io.godwit.reader;

import io.godwit.connector.MalformedRow;
import io.godwit.core.error.GodwitException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Leaves refused rows out: they are not in the target either, where both sides are compared. */
final class PassingOver implements RefusedRows {

    @Override
    public void malformed(MalformedRow row) {
        // Is in the quarantine.
    }

    @Override
    public void notConvertible(
            GodwitException refusal, @Nullable Supplier<String> place, byte[] tuple, int offset, int length) {
        // Is in the quarantine.
    }
}
