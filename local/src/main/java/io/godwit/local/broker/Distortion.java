package io.godwit.local.broker;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Doubles, delays, reorders and loses events, to show that nothing comes of it but time. Off by default; set by
 * {@code godwit.local.event-faults}: {@code SEED:PERCENT}, percent being the share of events to which something
 * happens.
 */
public final class Distortion implements AutoCloseable {
    /** Nothing happens to any event. */
    public static final Distortion NONE = new Distortion("0:0");

    private static final Logger LOG = Logger.getLogger(Distortion.class);

    private static final int LONGEST_DELAY_MILLIS = 1500;

    private final Random random;
    private final int percent;
    private final ExecutorService later = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "distortion");
        thread.setDaemon(true);
        return thread;
    });

    public Distortion(String seedAndPercent) {
        String[] words = seedAndPercent.isBlank() ? new String[] {"0", "0"} : seedAndPercent.split(":", -1);
        this.random = new Random(Long.parseLong(words[0]));
        this.percent = Integer.parseInt(words[1]);
    }

    /** Delivers an event by {@code deliver}: now, later, twice or never. */
    void pass(String event, Runnable deliver) {
        int dice;
        int delay;
        synchronized (random) {
            dice = percent == 0 ? 100 : random.nextInt(100);
            delay = random.nextInt(LONGEST_DELAY_MILLIS);
        }
        if (dice >= percent) {
            deliver.run();
            return;
        }
        switch (dice % 4) {
            case 0 -> {
                LOG.infof("%s is distorted: doubled", event);
                deliver.run();
                deliver.run();
            }
            case 1 -> {
                LOG.infof("%s is distorted: doubled, %d ms later", event, delay);
                deliver.run();
                later(deliver, delay);
            }
            case 2 -> {
                LOG.infof("%s is distorted: delayed by %d ms", event, delay);
                later(deliver, delay);
            }
            default -> LOG.infof("%s is distorted: lost", event);
        }
    }

    private void later(Runnable deliver, int delay) {
        CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS, later).execute(deliver);
    }

    @Override
    public void close() {
        later.shutdownNow();
    }
}
