package io.godwit.core.job;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.error.NearestWord;
import io.godwit.core.run.RunId;
import io.godwit.core.table.TableName;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ${...}} stands for in the texts of a job, for one run. Known are {@code planTime} (with offsets and a
 * pattern, in the zone of the job's schedule, else UTC), {@code job}, {@code run}, the job's own parameters and, where
 * one source table is meant, {@code source.connection}, {@code source.database}, {@code source.schema} and
 * {@code source.table}. The words of older services for the plan time are known, too: {@link PlanTimeMacro}.
 *
 * <p>A default in the job file may itself use {@code planTime}, {@code job} and {@code run}; a value from a request is
 * taken as it is. All errors are GodwitException PARAMETER_INVALID. Not safe for threads: it notes what was resolved.
 */
public final class Parameters {
    private static final Instant SOME_TIME = Instant.EPOCH;
    private static final SourceNames SOME_SOURCE =
            new SourceNames("connection", new TableName("database", "schema", "table"));

    private final ZonedDateTime planTime;
    private final Map<String, String> builtIn = new TreeMap<>();
    private final Map<String, String> own = new TreeMap<>();
    private final Map<String, String> resolved = new TreeMap<>();

    /** The source table that {@code ${source.*}} speaks of. */
    public record SourceNames(String connection, TableName table) {}

    private Parameters(ZonedDateTime planTime, String job, String run) {
        this.planTime = planTime;
        builtIn.put("job", job);
        builtIn.put("run", run);
    }

    /**
     * The parameters of a run.
     *
     * @param given values of a request, over the job's defaults
     * @throws GodwitException where one is given that the job does not declare, or a default cannot be resolved
     */
    public static Parameters of(Job job, RunId run, Instant planTime, Map<String, String> given) {
        for (String name : new TreeSet<>(given.keySet())) {
            if (!job.parameters().containsKey(name)) {
                throw invalid(
                        "parameter " + name + ": job " + job.name() + " declares no such parameter",
                        job.parameters().isEmpty()
                                ? "Declare it under parameters: in the job file."
                                : NearestWord.remedy(
                                        name, new TreeSet<>(job.parameters().keySet())));
            }
        }
        Parameters parameters = new Parameters(planTime.atZone(zoneOf(job)), job.name(), run.value());
        Map<String, String> own = new TreeMap<>();
        job.parameters().forEach((name, value) -> own.put(name, parameters.resolve(value, ParameterUse.TEXT, null)));
        own.putAll(given);
        parameters.own.putAll(own);
        parameters.resolved.putAll(own);
        return parameters;
    }

    /**
     * A text of a job file with made-up values in it, before any run: so that its names, its patterns and what it is
     * itself can be checked.
     *
     * @param declared the names of the job's own parameters
     * @param ofSource whether the text is resolved per source table
     * @throws GodwitException for the first that is wrong
     */
    public static String sample(String text, Collection<String> declared, boolean ofSource) {
        Parameters parameters = new Parameters(SOME_TIME.atZone(ZoneOffset.UTC), "job", "run");
        declared.forEach(name -> parameters.own.put(name, name));
        return parameters.resolve(text, ParameterUse.TEXT, ofSource ? SOME_SOURCE : null);
    }

    /** The text with every expression resolved; {@code source} is null where no single source table is meant. */
    public String resolve(String text, ParameterUse use, @Nullable SourceNames source) {
        StringBuilder result = new StringBuilder();
        try {
            for (ParameterText.Piece piece : ParameterText.cut(text)) {
                if (!piece.isExpression()) {
                    result.append(piece.text());
                    continue;
                }
                String meant = meant(piece);
                String value = value(piece, meant, source);
                String refusal = PlanTimeExpression.isMeant(meant) ? "" : use.refusal(result.toString(), value);
                if (!refusal.isEmpty()) {
                    throw invalid(piece.written() + ": its value cannot be used here", "Note: " + refusal + ".");
                }
                result.append(value);
            }
        } catch (IllegalArgumentException e) {
            throw invalid(
                    text + ": " + e.getMessage(), "Close the brace, or write $${ for a plain ${, ##{ for a plain #{.");
        }
        return result.toString();
    }

    /** The job's own parameters, and every {@code planTime} expression that was resolved, with their values. */
    public Map<String, String> resolved() {
        return Map.copyOf(resolved);
    }

    /** The zone that dates a job's parameters: that of its schedule, else UTC. */
    public static ZoneId zoneOf(Job job) {
        Job.Schedule schedule = job.schedule();
        return schedule == null || schedule.timeZone() == null ? ZoneOffset.UTC : ZoneId.of(schedule.timeZone());
    }

    /** The same in our own words. */
    private static String meant(ParameterText.Piece piece) {
        try {
            if (!piece.sign().equals("#")) {
                return PlanTimeMacro.call(piece.text()).orElse(piece.text());
            }
            return piece.text().equals("Job.name") ? "job" : PlanTimeMacro.ofJob(piece.text());
        } catch (IllegalArgumentException e) {
            throw invalid(
                    piece.written() + ": " + e.getMessage(),
                    "Write one of those, or ##{ for a plain #{; our own form is ${planTime-1d:yyyyMMdd}.");
        }
    }

    private String value(ParameterText.Piece piece, String expression, @Nullable SourceNames source) {
        if (PlanTimeExpression.isMeant(expression)) {
            return resolved.computeIfAbsent(piece.text(), written -> planTime(piece, expression));
        }
        Map<String, String> known = new TreeMap<>(own);
        known.putAll(builtIn);
        if (source != null) {
            known.putAll(ofSource(source));
        }
        String value = known.get(expression);
        if (value != null) {
            return value;
        }
        if (ofSource(SOME_SOURCE).containsKey(expression)) {
            throw invalid(
                    piece.written() + ": "
                            + (source == null ? "no single source table is meant here" : "the source has none"),
                    source == null
                            ? "Use source.* in a column's value, in where, or in a table override."
                            : "Leave it out for " + source.table() + ".");
        }
        TreeSet<String> names = new TreeSet<>(known.keySet());
        names.add(PlanTimeExpression.NAME);
        names.addAll(ofSource(SOME_SOURCE).keySet());
        throw invalid(piece.written() + ": no parameter of that name", NearestWord.remedy(expression, names));
    }

    private String planTime(ParameterText.Piece piece, String expression) {
        try {
            return PlanTimeExpression.parse(expression).format(planTime);
        } catch (IllegalArgumentException e) {
            throw invalid(
                    piece.written() + ": " + e.getMessage(),
                    "Write planTime, offsets and a pattern, as in ${planTime-1d:yyyyMMdd}.");
        }
    }

    private static Map<String, String> ofSource(SourceNames source) {
        Map<String, String> values = new TreeMap<>();
        values.put("source.connection", source.connection());
        values.put("source.table", source.table().name());
        if (source.table().database() != null) {
            values.put("source.database", source.table().database());
        }
        if (source.table().schema() != null) {
            values.put("source.schema", source.table().schema());
        }
        return values;
    }

    private static GodwitException invalid(String message, String remedy) {
        return new GodwitException(ErrorCode.PARAMETER_INVALID, message, remedy);
    }
}
