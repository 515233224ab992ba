package io.godwit.connector.kafka;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.Split;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Cuts a topic into ranges of offsets: what is committed now, or what a mark says, and nothing that comes later. */
final class OffsetSplits {
    private static final String ANEW =
            "Give the step another name: it remembers nothing then, and begins with the first message that is there.";

    private final Topics topics;
    private final KafkaErrors errors;

    OffsetSplits(Topics topics, KafkaErrors errors) {
        this.topics = topics;
        this.errors = errors;
    }

    /**
     * Ranges of about so many bytes; one without offsets where there is nothing.
     *
     * @param schema of all of them
     */
    List<PlannedSplit> of(Topics.Topic topic, @Nullable String where, long splitBytes, @Nullable Integer schema) {
        Map<TopicPartition, Long> begins = topics.begins(topic.all());
        Map<TopicPartition, Long> ends = topics.committedEnds(topic.all());
        Map<TopicPartition, Long> bytes = topics.bytes(List.of(topic.name()));
        List<PlannedSplit> splits = new ArrayList<>();
        for (Split.OffsetRange range : ranges(topic, where, schema, begins, ends)) {
            TopicPartition partition = new TopicPartition(topic.name(), range.number());
            long offsets = ends.getOrDefault(partition, 0L) - begins.getOrDefault(partition, 0L);
            long known = bytes.getOrDefault(partition, -1L);
            splits.addAll(cut(range, known < 0 || offsets <= 0 ? -1 : (double) known / offsets, splitBytes));
        }
        if (splits.isEmpty()) {
            splits.add(new PlannedSplit(new Split.OffsetRange(topic.id(), 0, 0, 0, schema), 0, 0));
        }
        return splits;
    }

    /** What to read of each partition that has anything. */
    private List<Split.OffsetRange> ranges(
            Topics.Topic topic,
            @Nullable String where,
            @Nullable Integer schema,
            Map<TopicPartition, Long> begins,
            Map<TopicPartition, Long> ends) {
        Optional<Marks.Bounds> bounds = bounds(topic, where);
        List<Split.OffsetRange> ranges = new ArrayList<>();
        for (TopicPartition partition : topic.all()) {
            int number = partition.partition();
            long begin = begins.getOrDefault(partition, 0L);
            Optional<Marks> above = bounds.flatMap(Marks.Bounds::above);
            // A partition that a mark lacks came after it: nothing of it was read yet.
            long first = above.map(mark -> mark.ends().getOrDefault(number, 0L)).orElse(begin);
            long end = bounds.map(both -> both.upTo().ends().getOrDefault(number, 0L))
                    .orElse(ends.getOrDefault(partition, begin));
            if (above.isPresent()) {
                requireUnread(partition, first, begin, end);
            }
            if (first < end) {
                ranges.add(new Split.OffsetRange(topic.id(), number, first, end, schema));
            }
        }
        return ranges;
    }

    /** That what came above the mark is there, and that the mark is one of these records. */
    private void requireUnread(TopicPartition partition, long first, long begin, long end) {
        String where = partition.topic() + ", partition " + partition.partition() + ": ";
        if (first > end) {
            throw errors.error(
                    ErrorCode.SOURCE_CHANGED,
                    where + "it was read up to offset " + first + ", and ends at " + end,
                    "The cluster lost records. " + ANEW);
        }
        if (first < begin && first < end) {
            throw errors.error(
                    ErrorCode.SOURCE_CHANGED,
                    where + "records from offset " + first + " on were deleted before they were read; it begins at "
                            + begin,
                    "A longer retention keeps records until they are read. " + ANEW);
        }
    }

    private Optional<Marks.Bounds> bounds(Topics.Topic topic, @Nullable String where) {
        if (where == null) {
            return Optional.empty();
        }
        if (where.equals("1 = 0")) {
            Marks nothing = new Marks(topic.id(), Map.of());
            return Optional.of(new Marks.Bounds(Optional.of(nothing), nothing));
        }
        Marks.Bounds bounds = Marks.bounds(where)
                .orElseThrow(() -> errors.error(
                        ErrorCode.NOT_SUPPORTED,
                        "a topic takes no condition in SQL (where:)",
                        "Write it as an expression under filter: instead."));
        boolean same = bounds.upTo().topic().equals(topic.id())
                && bounds.above().map(above -> above.topic().equals(topic.id())).orElse(true);
        if (!same) {
            throw errors.error(
                    ErrorCode.SOURCE_CHANGED,
                    "topic " + topic.name() + " was deleted and made anew since it was last read",
                    ANEW);
        }
        return Optional.of(bounds);
    }

    private static List<PlannedSplit> cut(Split.OffsetRange range, double bytesEach, long splitBytes) {
        long offsets = range.end() - range.first();
        // Where the size is not known, a message is taken for one of 1 KiB.
        long step = Math.max(1, (long) (splitBytes / (bytesEach < 0 ? 1024 : Math.max(bytesEach, 1))));
        long parts = Math.max(1, (offsets + step - 1) / step);
        List<PlannedSplit> splits = new ArrayList<>();
        for (long i = 0; i < parts; i++) {
            long first = range.first() + offsets * i / parts;
            long end = range.first() + offsets * (i + 1) / parts;
            splits.add(planned(range, first, end, bytesEach));
        }
        return splits;
    }

    private static PlannedSplit planned(Split.OffsetRange of, long first, long end, double bytesEach) {
        long bytes = bytesEach < 0 ? -1 : (long) ((end - first) * bytesEach);
        return new PlannedSplit(
                new Split.OffsetRange(of.topic(), of.number(), first, end, of.schema()), end - first, bytes);
    }

    /** Halves; the range itself where it has one offset or none. */
    static List<PlannedSplit> halves(PlannedSplit split, Split.OffsetRange range) {
        long middle = range.first() + (range.end() - range.first()) / 2;
        if (middle == range.first()) {
            return List.of(split);
        }
        double bytesEach =
                split.estimatedBytes() < 0 ? -1 : (double) split.estimatedBytes() / (range.end() - range.first());
        return List.of(
                planned(range, range.first(), middle, bytesEach), planned(range, middle, range.end(), bytesEach));
    }

    /** Where each partition ends now. */
    Marks marks(Topics.Topic topic) {
        Map<Integer, Long> ends = new HashMap<>();
        topics.committedEnds(topic.all()).forEach((partition, end) -> ends.put(partition.partition(), end));
        return new Marks(topic.id(), ends);
    }
}
