package io.godwit.core.plan;

import io.godwit.core.job.Migrate.From;
import io.godwit.core.job.Migrate.TableSelection;
import io.godwit.core.job.ParameterUse;
import io.godwit.core.job.Parameters;
import java.util.List;

/** The patterns of a source with their parameters resolved: what to ask a reader for. */
public record SourcePatterns(List<String> databases, List<String> tables, List<String> except) {

    /**
     * Resolves them.
     *
     * @throws io.godwit.core.error.GodwitException PARAMETER_INVALID
     */
    public static SourcePatterns of(From from, Parameters parameters) {
        return new SourcePatterns(
                resolve(from.databases(), parameters),
                resolve(from.tables().stream().map(TableSelection::pattern).toList(), parameters),
                resolve(from.except(), parameters));
    }

    private static List<String> resolve(List<String> patterns, Parameters parameters) {
        return patterns.stream()
                .map(pattern -> parameters.resolve(pattern, ParameterUse.NAME, null))
                .toList();
    }
}
