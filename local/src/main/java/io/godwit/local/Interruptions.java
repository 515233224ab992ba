package io.godwit.local;

import io.godwit.core.port.Probe;
import io.godwit.core.run.SubtaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Breaks functions off at named steps of the protocol, to show that nothing comes of it. Set by
 * {@code godwit.local.interruptions}, empty by default: {@code STEP:NTH:ACTION}, by commas. The action happens when the
 * step is reached for the NTH time:
 *
 * <ul>
 *   <li>{@code die}: the function's thread ends there, its connections are cut, nobody is told;
 *   <li>{@code stall:MILLIS}: it stands still that long, then goes on as if nothing had been;
 *   <li>{@code hang}: it stands still for ever;
 *   <li>{@code halt}: the whole process ends there, as by kill -9.
 * </ul>
 */
final class Interruptions implements Probe {
    private static final Logger LOG = Logger.getLogger(Interruptions.class);

    private final List<Interruption> interruptions = new ArrayList<>();

    private record Interruption(Step step, AtomicInteger left, String action, long millis) {}

    /** The thread of a function was broken off. */
    static final class BrokenOff extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenOff(Step step) {
            super("broken off at " + step);
        }
    }

    Interruptions(String text) {
        for (String each : text.split(",", -1)) {
            if (!each.isBlank() && !each.equals("none")) {
                String[] words = each.trim().split(":", -1);
                interruptions.add(new Interruption(
                        Step.valueOf(words[0]),
                        new AtomicInteger(Integer.parseInt(words[1])),
                        words[2],
                        words.length > 3 ? Long.parseLong(words[3]) : 0));
            }
        }
    }

    @Override
    public void reached(Step step, SubtaskId subtask) {
        for (Interruption each : interruptions) {
            if (each.step() == step && each.left().decrementAndGet() == 0) {
                LOG.infof("%s is interrupted at %s: %s", subtask, step, each.action());
                act(each);
            }
        }
    }

    private static void act(Interruption interruption) {
        switch (interruption.action()) {
            case "die" -> throw new BrokenOff(interruption.step());
            case "halt" -> Runtime.getRuntime().halt(137);
            case "stall" -> stand(interruption.millis());
            case "hang" -> stand(Long.MAX_VALUE);
            default -> throw new IllegalArgumentException("no such interruption: " + interruption.action());
        }
    }

    private static void stand(long millis) {
        try {
            // A latch that nobody opens: waiting is the point.
            boolean opened = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
            assert !opened;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
