package io.godwit.core.exchange;

/**
 * One partition of one topic. The planner gives each read of a pool a lane of its own, so that the batches of a subtask
 * lie side by side. Two readers in one lane (one of them outlived its lease) are harmless: batches carry their attempt.
 */
public record Lane(String topic, int partition) {
    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
