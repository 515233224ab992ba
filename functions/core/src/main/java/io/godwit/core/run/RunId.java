package io.godwit.core.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * One execution of a job for one plan time. The id is a function of both, so that a request that comes twice makes one
 * run: {@code shop-nightly.20261122T020000Z}, with milliseconds where the plan time has them.
 */
public record RunId(@JsonValue String value) implements Comparable<RunId> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}\\.[0-9]{8}T[0-9]{6}(\\.[0-9]{3})?Z");
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RunId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a run id: " + value);
        }
    }

    /** The id of the run of {@code job} that is planned for {@code planTime}, cut to milliseconds. */
    public static RunId of(String job, Instant planTime) {
        long millis = Math.floorMod(planTime.toEpochMilli(), 1000L);
        String fraction = millis == 0 ? "" : String.format(java.util.Locale.ROOT, ".%03d", millis);
        return new RunId(job + "." + SECONDS.format(planTime) + fraction + "Z");
    }

    /** The job's name. */
    public String job() {
        return value.substring(0, value.indexOf('.'));
    }

    /** What it was planned for. */
    public Instant planTime() {
        String time = value.substring(value.indexOf('.') + 1);
        Instant seconds = SECONDS.parse(time.substring(0, 15), Instant::from);
        return time.length() == 16 ? seconds : seconds.plusMillis(Long.parseLong(time.substring(16, 19)));
    }

    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
