/**
 * Topics of Kafka as tables.
 *
 * <p>As a source: a split is a range of offsets of one partition, fixed when the run is planned, of committed records
 * only. What is no longer there when it is read ends the run; it is never left out silently.
 *
 * <p>As a sink: a subtask's rows and its ledger record are committed in one Kafka transaction, whose transactional id
 * is a function of the subtask. Whoever claims a subtask first ends every other transaction of that id, for good, and
 * then reads the ledger; so a subtask that the ledger does not name was not written, and nobody else can write it any
 * more. Rows are seen by consumers that read committed records, subtask by subtask.
 *
 * <p>This has nothing to do with the exchange, which may lie in another cluster, and uses no transactions.
 */
@NullMarked
package io.godwit.connector.kafka;

import org.jspecify.annotations.NullMarked;
