package io.godwit.platform.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.GodwitException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CronScheduleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void isDueAtItsLocalTimeSummerAndWinter() {
        assertThat(times("0 2 * * *", "2026-07-01T00:00:00Z", 2))
                .containsExactly("2026-07-02T00:00:00Z", "2026-07-03T00:00:00Z");
        assertThat(times("0 2 * * *", "2026-12-01T01:00:00Z", 1)).containsExactly("2026-12-02T01:00:00Z");
    }

    @Test
    void aTimeThatTheClockSkipsIsDueOnceAfterTheGap() {
        // 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC.
        assertThat(times("30 2 * * *", "2026-03-28T12:00:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
    }

    @Test
    void aTimeThatTheClockRepeatsIsDueOnce() {
        // 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC.
        assertThat(times("30 2 * * *", "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void anExpressionThatCannotBeReadSaysWhy() {
        assertThatThrownBy(() -> CronSchedule.parse("61 2 * * *", BERLIN))
                .isInstanceOf(GodwitException.class)
                .hasMessageContaining("61");
        assertThatThrownBy(() -> CronSchedule.parse("every day", BERLIN)).isInstanceOf(GodwitException.class);
    }

    private static List<String> times(String cron, String after, int count) {
        CronSchedule schedule = CronSchedule.parse(cron, BERLIN);
        List<String> times = new ArrayList<>();
        Instant at = Instant.parse(after);
        for (int i = 0; i < count; i++) {
            at = schedule.next(at).orElseThrow();
            times.add(at.toString());
        }
        return times;
    }
}
