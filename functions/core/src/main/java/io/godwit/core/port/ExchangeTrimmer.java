package io.godwit.core.port;

import io.godwit.core.exchange.Lane;

/** Frees what the exchange holds and nobody needs any more. */
public interface ExchangeTrimmer {

    /**
     * Deletes the records of {@code lane} below {@code offset}. A failure costs space only: it is logged, not thrown.
     */
    void trim(Lane lane, long offset);
}
