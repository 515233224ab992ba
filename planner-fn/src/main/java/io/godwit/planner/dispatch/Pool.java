package io.godwit.planner.dispatch;

/**
 * Readers and writers that share a place in the network.
 *
 * @param topic where their rows wait
 * @param lanes partitions of the topic, and with that reads at once, and writes at once
 * @param weight how large a share of the subtasks it gets, beside the other pools that could have them
 * @param credit bytes that may wait in the topic
 */
public record Pool(String name, String topic, int lanes, int weight, long credit) {
    public Pool {
        if (lanes < 1 || weight < 1 || credit < 1) {
            throw new IllegalArgumentException("pool " + name + ": lanes, weight and credit are at least 1");
        }
    }
}
