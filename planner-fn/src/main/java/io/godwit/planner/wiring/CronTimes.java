package io.godwit.planner.wiring;

import io.godwit.planner.act.Schedules.Cron;
import io.godwit.platform.cron.CronSchedule;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Times of five-field cron expressions. */
final class CronTimes implements Cron {
    @Override
    public @Nullable Instant after(String expression, String timeZone, Instant instant) {
        return CronSchedule.parse(expression, ZoneId.of(timeZone)).next(instant).orElse(null);
    }
}
