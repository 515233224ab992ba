/**
 * The exchange on Kafka, and the only place that knows Kafka. Nothing rests on transactions, groups, retries or
 * retention:
 *
 * <ul>
 *   <li>a range is announced only after every batch of it was acknowledged by all in-sync replicas;
 *   <li>a range is read whole and in sequence, or EXCHANGE_RECORDS_LOST says that it cannot be;
 *   <li>no call waits longer than its deadline without progress.
 * </ul>
 */
@NullMarked
package io.godwit.platform.exchange;

import org.jspecify.annotations.NullMarked;
