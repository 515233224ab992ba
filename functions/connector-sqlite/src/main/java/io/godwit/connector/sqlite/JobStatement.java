package io.godwit.connector.sqlite;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statements of a job that run in the target: one each, inside the transaction of the step. None ends that transaction,
 * reaches another file, or changes what SQL means.
 */
final class JobStatement {
    private static final Pattern BLANK = Pattern.compile("(\\s|--[^\\n]*(\\n|$)|/\\*.*?(\\*/|$))*", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("[A-Za-z]+");
    private static final Pattern TRIGGER = Pattern.compile("create\\s+(temp\\s+|temporary\\s+)?trigger\\b.*");

    /** What neither quotes, names nor comments hide. */
    private static final Pattern TOKEN = Pattern.compile(
            "'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`(?:[^`]|``)*`|\\[[^]]*]|--[^\\n]*|/\\*.*?(?:\\*/|$)|(;)",
            Pattern.DOTALL);

    private static final Set<String> REFUSED = Set.of(
            "begin", "commit", "end", "rollback", "savepoint", "release", "attach", "detach", "pragma", "vacuum");

    private JobStatement() {}

    /** @throws GodwitException NOT_SUPPORTED */
    static void check(String sql) {
        Matcher blank = BLANK.matcher(sql);
        String statement = blank.lookingAt() ? sql.substring(blank.end()) : sql;
        Matcher first = WORD.matcher(statement);
        String word = first.lookingAt() ? first.group().toLowerCase(Locale.ROOT) : "";
        if (REFUSED.contains(word)) {
            throw refused(word.toUpperCase(Locale.ROOT) + " cannot run inside the transaction of a step");
        }
        boolean trigger = TRIGGER.matcher(statement.toLowerCase(Locale.ROOT).replace('\n', ' '))
                .matches();
        Matcher token = TOKEN.matcher(statement);
        while (token.find() && !trigger) {
            if (token.group(1) != null && !isBlank(statement.substring(token.end()))) {
                throw refused("several statements in one text");
            }
        }
    }

    private static boolean isBlank(String rest) {
        return BLANK.matcher(rest).matches() || rest.replace(";", "").isBlank();
    }

    private static GodwitException refused(String why) {
        return new GodwitException(
                ErrorCode.NOT_SUPPORTED,
                "before or after: " + why,
                "Write each statement by itself, and run this one before or after the job.");
    }
}
