package io.godwit.core.job;

import io.godwit.core.error.NearestWord;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words in which users of older services write what a {@link PlanTimeExpression} says:
 *
 * <ul>
 *   <li>{@code ${dateformat(yyyyMMdd, -1, DAY)}}, offset and unit may be left out: {@code planTime-1d:yyyyMMdd}
 *   <li>{@code ${timestamp(-1, HOUR)}}, likewise: {@code planTime-1h:millis}
 *   <li>{@code #{Job.planTime}}, as {@code 2026-11-22 02:00:00}; {@code #{Job.getPlanTime("yyyyMMdd")}},
 *       {@code #{Job.getYesterday("yyyyMMdd")}}, {@code #{Job.getLastHour("yyyyMMddHH")}}
 * </ul>
 */
final class PlanTimeMacro {
    private static final Pattern CALL = Pattern.compile("(dateformat|timestamp)\\((.*)\\)");
    private static final Pattern MOVED =
            Pattern.compile("(?:(.+?)\\s*,)?\\s*([+-]?[0-9]{1,9})\\s*,\\s*([A-Za-z]+)\\s*");
    private static final Pattern GETTER = Pattern.compile("Job\\.(\\w+)\\(\\s*(?:\"([^\"]+)\"|'([^']+)')\\s*\\)");

    private static final Map<String, String> GETTERS =
            new TreeMap<>(Map.of("getPlanTime", "", "getYesterday", "-1d", "getLastHour", "-1h"));
    private static final Map<String, String> UNITS = new TreeMap<>(
            Map.of("SECOND", "s", "MINUTE", "m", "HOUR", "h", "DAY", "d", "WEEK", "w", "MONTH", "M", "YEAR", "y"));

    private PlanTimeMacro() {}

    /**
     * What stands between <code>${</code> and <code>}</code> as a plan time expression; empty where it is none of
     * these.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static Optional<String> call(String expression) {
        Matcher call = CALL.matcher(expression);
        if (!call.matches()) {
            return Optional.empty();
        }
        boolean formats = call.group(1).equals("dateformat");
        String arguments = call.group(2).strip();
        Matcher moved = MOVED.matcher(arguments);
        String pattern = arguments;
        String offset = "";
        if (moved.matches()) {
            pattern = moved.group(1) == null ? "" : moved.group(1);
            offset = signed(moved.group(2)) + unit(moved.group(3));
        }
        if (formats == pattern.isBlank()) {
            throw new IllegalArgumentException(
                    formats ? "dateformat wants a pattern first" : "timestamp wants an offset and a unit, or nothing");
        }
        return Optional.of(PlanTimeExpression.NAME + offset + ":" + (formats ? pattern : PlanTimeExpression.MILLIS));
    }

    /**
     * What stands between <code>#{</code> and <code>}</code>, likewise.
     *
     * @throws IllegalArgumentException where it is nothing that is known
     */
    static String ofJob(String expression) {
        if (expression.equals("Job.planTime")) {
            return PlanTimeExpression.NAME + ":yyyy-MM-dd HH:mm:ss";
        }
        Matcher getter = GETTER.matcher(expression);
        String offset = getter.matches() ? GETTERS.get(getter.group(1)) : null;
        if (offset == null) {
            throw new IllegalArgumentException("known are #{Job.name}, #{Job.planTime}, and with a pattern in quotes"
                    + " #{Job.getPlanTime(\"yyyyMMdd\")}, #{Job.getYesterday(...)} and #{Job.getLastHour(...)}");
        }
        return PlanTimeExpression.NAME + offset + ":" + (getter.group(2) == null ? getter.group(3) : getter.group(2));
    }

    private static String signed(String number) {
        return number.startsWith("-") || number.startsWith("+") ? number : "+" + number;
    }

    private static String unit(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        String singular = upper.endsWith("S") ? upper.substring(0, upper.length() - 1) : upper;
        String letter = UNITS.get(singular);
        if (letter == null) {
            throw new IllegalArgumentException(
                    word + " is no unit. " + NearestWord.remedy(upper, List.copyOf(UNITS.keySet())));
        }
        return letter;
    }
}
