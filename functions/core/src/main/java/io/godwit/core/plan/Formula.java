package io.godwit.core.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.expression.Expression;
import io.godwit.core.job.Migrate.ColumnMapping;
import io.godwit.core.job.ParameterUse;
import io.godwit.core.job.Parameters;
import io.godwit.core.plan.StepQuestion.Described;
import io.godwit.core.table.TableDescription;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An expression on a table's columns, checked. Keys are in it by reference only.
 *
 * @param text in the language of {@link Expression}, parameters resolved
 * @param columns what it reads
 * @param type of its values
 */
public record Formula(String text, List<Origin.SourceColumn> columns, LogicalType type) {
    public Formula {
        columns = List.copyOf(columns);
    }

    /** Whether the same row always gives the same value. */
    @JsonIgnore
    public boolean isDeterministic() {
        return Expression.parse(text).isDeterministic();
    }

    /** @throws GodwitException JOB_FILE_INVALID, SOURCE_COLUMN_NOT_FOUND, TYPE_INCOMPATIBLE or PARAMETER_INVALID */
    static Formula of(String text, Parameters parameters, TableMatch match) {
        return of(parameters.resolve(text, ParameterUse.SQL, match.names()), match.table());
    }

    /** The same, where a condition is wanted. */
    static Formula condition(String text, Parameters parameters, TableMatch match) {
        Formula formula = of(text, parameters, match);
        if (formula.type != Scalar.BOOL) {
            throw new GodwitException(
                    ErrorCode.TYPE_INCOMPATIBLE,
                    "a filter is true or false, not " + formula.type.notation(),
                    "Compare it with something.");
        }
        return formula;
    }

    private static Formula of(String text, TableDescription table) {
        Expression expression = Expression.parse(text);
        LogicalType type = expression.check(table.columns().stream()
                .map(column -> new Expression.Field(column.name(), column.type()))
                .toList());
        List<Origin.SourceColumn> columns = expression.columns().stream()
                .flatMap(name -> table.column(name).stream())
                .map(column -> new Origin.SourceColumn(column.name(), column.type()))
                .toList();
        return new Formula(text, columns, type);
    }

    /** The types that a step's expressions may have, whichever of its tables they turn out to be of. */
    static Set<LogicalType> types(StepQuestion question) {
        Set<LogicalType> types = new LinkedHashSet<>();
        for (Described source : question.sources()) {
            List<ColumnMapping> computed = Stream.concat(
                            question.step().migrate().columns().stream(),
                            source.from().tables().stream()
                                    .flatMap(table -> Stream.ofNullable(table.columns()))
                                    .flatMap(List::stream))
                    .filter(mapping -> mapping.expression() != null)
                    .toList();
            for (TableDescription table : computed.isEmpty() ? List.<TableDescription>of() : source.tables()) {
                Parameters.SourceNames names =
                        new Parameters.SourceNames(source.connection().name(), table.name());
                for (ColumnMapping mapping : computed) {
                    String text = mapping.expression() == null ? "" : mapping.expression();
                    type(question.parameters(), text, names, table).ifPresent(types::add);
                }
            }
        }
        return types;
    }

    /** Empty where it cannot be: planning tells, where the expression is of this table after all. */
    private static Optional<LogicalType> type(
            Parameters parameters, String text, Parameters.SourceNames names, TableDescription table) {
        try {
            return Optional.of(of(parameters.resolve(text, ParameterUse.SQL, names), table).type);
        } catch (GodwitException notOfThisTable) {
            return Optional.empty();
        }
    }
}
