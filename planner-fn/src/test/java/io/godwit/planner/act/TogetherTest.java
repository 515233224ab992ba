package io.godwit.planner.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TogetherTest {
    private final List<List<String>> done = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch firstIsAtWork = new CountDownLatch(1);
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);

    /** What came while the first was at work is done in one go. */
    @Test
    void whatComesMeanwhileIsDoneTogether() throws Exception {
        Map<String, Throwable> refused = askWhileTheFirstIsAtWork(all -> {}, "a", "b", "c");

        assertThat(refused).isEmpty();
        assertThat(done).hasSize(2);
        assertThat(done.get(1)).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void onlyWhatIsRefusedIsRefused() throws Exception {
        Map<String, Throwable> refused = askWhileTheFirstIsAtWork(
                all -> {
                    if (all.contains("b")) {
                        throw new IllegalArgumentException("b");
                    }
                },
                "a",
                "b",
                "c");

        assertThat(refused).containsOnlyKeys("b");
        assertThat(done).contains(List.of("a"), List.of("c"));
    }

    /** A store that is away is not asked once for each. */
    @Test
    void whatIsTransientBefallsAllAlike() throws Exception {
        Map<String, Throwable> refused = askWhileTheFirstIsAtWork(
                all -> {
                    throw new GodwitException(ErrorCode.CONTROL_STORE_UNREACHABLE, "away", "");
                },
                "a",
                "b");

        assertThat(refused).containsOnlyKeys("a", "b");
        assertThat(done).hasSize(2);
    }

    /** An error ends the thread that works; the others must not take theirs for done. */
    @Test
    void whatIsBrokenOffIsNotDone() throws Exception {
        Map<String, Throwable> refused = askWhileTheFirstIsAtWork(
                all -> {
                    if (all.size() > 1) {
                        throw new StackOverflowError();
                    }
                },
                "a",
                "b");

        assertThat(refused).containsOnlyKeys("a", "b");
    }

    @Test
    void itGoesOnAfterARefusal() {
        Together<String> together = new Together<>(all -> {
            if (all.contains("bad")) {
                throw new IllegalArgumentException("bad");
            }
            done.add(all);
        });

        assertThatThrownBy(() -> together.ask("bad")).isInstanceOf(IllegalArgumentException.class);
        together.ask("good");

        assertThat(done).containsExactly(List.of("good"));
    }

    private Map<String, Throwable> askWhileTheFirstIsAtWork(Consumer<List<String>> work, String... others)
            throws InterruptedException {
        Together<String> together = new Together<>(all -> {
            done.add(all);
            if (all.equals(List.of("first"))) {
                firstIsAtWork.countDown();
                awaitUninterrupted(firstMayEnd);
            } else {
                work.accept(all);
            }
        });
        Map<String, Throwable> refused = new ConcurrentHashMap<>();
        Thread first = new Thread(() -> together.ask("first"));
        first.start();
        firstIsAtWork.await();
        List<Thread> asking = new ArrayList<>();
        for (String other : others) {
            Thread thread = new Thread(() -> together.ask(other));
            thread.setUncaughtExceptionHandler((of, thrown) -> refused.put(other, thrown));
            thread.start();
            asking.add(thread);
        }
        for (Thread thread : asking) {
            // They wait for the first's lock: only then have they asked.
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        firstMayEnd.countDown();
        first.join();
        for (Thread thread : asking) {
            thread.join();
        }
        return refused;
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
