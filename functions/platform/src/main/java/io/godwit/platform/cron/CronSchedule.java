package io.godwit.platform.cron;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * A five-field Unix cron expression in a time zone.
 *
 * <p>A local time that a clock change skips is due once, at the first moment after the gap; one that it repeats is due
 * once, the first time.
 */
public final class CronSchedule {
    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final ExecutionTime times;
    private final ZoneId zone;

    private CronSchedule(ExecutionTime times, ZoneId zone) {
        this.times = times;
        this.zone = zone;
    }

    /** @throws GodwitException JOB_FILE_INVALID, saying what cannot be read */
    public static CronSchedule parse(String cron, ZoneId zone) {
        try {
            return new CronSchedule(ExecutionTime.forCron(PARSER.parse(cron).validate()), zone);
        } catch (IllegalArgumentException e) {
            throw new GodwitException(
                    ErrorCode.JOB_FILE_INVALID,
                    "cron \"" + cron + "\": " + e.getMessage(),
                    "Write minute, hour, day of month, month, day of week: \"0 2 * * *\".",
                    e);
        }
    }

    /** The first time it is due after {@code moment}; empty where it never is again. */
    public Optional<Instant> next(Instant moment) {
        // Reckoned in local time as if no clock ever changed, then placed: the library's own way through a gap drops
        // it.
        ZonedDateTime local = moment.atZone(zone).toLocalDateTime().atZone(ZoneOffset.UTC);
        while (true) {
            Optional<ZonedDateTime> next = times.nextExecution(local);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            Instant due = placed(next.get().toLocalDateTime());
            if (due.isAfter(moment)) {
                return Optional.of(due);
            }
            local = next.get();
        }
    }

    private Instant placed(LocalDateTime time) {
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        if (change != null && change.isGap()) {
            return change.getInstant();
        }
        return time.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }
}
