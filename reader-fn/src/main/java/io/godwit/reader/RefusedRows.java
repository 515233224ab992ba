package io.godwit.reader;

import io.godwit.connector.MalformedRow;
import io.godwit.core.error.GodwitException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What becomes of the rows that a reading cannot read or convert. Each method throws where they are not allowed. */
interface RefusedRows {

    void malformed(MalformedRow row);

    /**
     * A row that the mapping cannot be applied to.
     *
     * @param refusal ROW_NOT_CONVERTIBLE, which names the column
     * @param place where the row stands, where the source can say so
     * @param tuple of the source's fields; the caller's after that
     */
    void notConvertible(
            GodwitException refusal, @Nullable Supplier<String> place, byte[] tuple, int offset, int length);
}
