package io.godwit.core.row;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.expression.Evaluation;
import io.godwit.core.expression.Expression;
import io.godwit.core.expression.Keys;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Formula;
import io.godwit.core.plan.Origin;
import io.godwit.core.type.TypeDecision;
import io.godwit.core.type.TypeLattice;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.FieldConverter;
import io.godwit.core.type.codec.FieldConverters;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.codec.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows of batches out of the rows that a source gives: converts fields to the wire's types, computes columns
 * and puts constants between them; leaves out the rows that a filter does not want. Not safe for threads.
 *
 * <pre>
 * if (converter.isIdentity()) encoder.row(bytes, offset, length);
 * else if (converter.convert(bytes, offset, length)) encoder.row(converter.bytes(), 0, converter.length());
 * </pre>
 */
public final class RowConverter {
    private final Step[] steps;
    private final boolean identity;
    private final @Nullable Evaluation filter;
    private final TupleFields fields;
    private final FieldWriter out = new FieldWriter();

    /** What becomes of one column. */
    private sealed interface Step {

        /** The source's bytes pass. */
        record Pass(int field) implements Step {}

        /** They are converted. */
        record Convert(String column, int field, FieldConverter converter) implements Step {}

        /** Every row has the same field: its length, and its bytes. */
        record Constant(FieldWriter bytes) implements Step {}

        /** They are computed; the converter is null where the outcome's bytes are the wire's. */
        record Compute(
                String column,
                Evaluation evaluation,
                Codec<Object> codec,
                FieldWriter outcome,
                @Nullable FieldConverter converter)
                implements Step {}
    }

    /** Of columns that are neither computed nor filtered. */
    public RowConverter(List<ColumnPlan> columns) {
        this(columns, null, reference -> "");
    }

    /**
     * @param columns the plan's; the source's tuples have the fields that {@link SourceFields} tells
     * @param formula the filter; null: every row is wanted
     * @param keys where the keys of expressions are
     * @throws GodwitException TYPE_INCOMPATIBLE where a column's type has no way to the wire's, or a constant is no
     *     value of it; SECRET_NOT_FOUND where a key is missing or malformed
     */
    public RowConverter(List<ColumnPlan> columns, @Nullable Formula formula, Keys keys) {
        List<Expression.Field> sources = SourceFields.named(SourceFields.of(columns, formula));
        List<Step> made = new ArrayList<>();
        int field = 0;
        for (ColumnPlan column : columns) {
            if (column.origin() instanceof Origin.SourceColumn source) {
                made.add(step(column, source, field++));
            } else if (column.origin() instanceof Origin.Constant constant) {
                made.add(new Step.Constant(constant(column, constant.text())));
            } else if (column.origin() instanceof Origin.Computed computed) {
                made.add(computed(
                        column, Expression.parse(computed.formula().text()).compile(sources, keys)));
            }
        }
        steps = made.toArray(Step[]::new);
        filter = formula == null ? null : Expression.parse(formula.text()).compile(sources, keys);
        identity = filter == null && made.stream().allMatch(Step.Pass.class::isInstance);
        fields = new TupleFields(sources.size());
    }

    /** Whether the source's tuples are the wire's as they are, so that {@link #convert} need not be called. */
    public boolean isIdentity() {
        return identity;
    }

    /**
     * Converts one tuple; the outcome lies in {@link #bytes()} until the next call.
     *
     * @return false where the filter leaves the row out: there is no outcome
     * @throws GodwitException ROW_NOT_CONVERTIBLE naming the column, never the value
     */
    public boolean convert(byte[] tuple, int offset, int length) {
        fields.of(tuple, offset, offset + length);
        if (filter != null && !isWanted(filter)) {
            return false;
        }
        out.clear();
        out.int2(steps.length);
        for (Step step : steps) {
            if (step instanceof Step.Pass pass) {
                int field = pass.field(); // and its length before it
                out.bytes(tuple, fields.offset(field) - 4, Math.max(fields.length(field), 0) + 4);
            } else if (step instanceof Step.Convert convert) {
                convert(convert);
            } else if (step instanceof Step.Constant constant) {
                out.bytes(constant.bytes().array(), 0, constant.bytes().length());
            } else if (step instanceof Step.Compute compute) {
                compute(compute);
            }
        }
        return true;
    }

    private boolean isWanted(Evaluation wanted) {
        try {
            return wanted.isTrue(fields);
        } catch (InvalidValueException refused) {
            throw notConvertible("the filter: it has no answer for a row", refused);
        }
    }

    private void compute(Step.Compute step) {
        try {
            Object value = step.evaluation().of(fields);
            if (value == null) {
                out.int4(-1);
                return;
            }
            int began = out.beginElement();
            if (step.converter() == null) {
                step.codec().write(value, out);
            } else {
                FieldWriter outcome = step.outcome();
                outcome.clear();
                step.codec().write(value, outcome);
                step.converter().convert(outcome.array(), 0, outcome.length(), out);
            }
            out.endElement(began);
        } catch (InvalidValueException refused) {
            throw notConvertible("column " + step.column() + ": a value cannot be computed", refused);
        }
    }

    private static GodwitException notConvertible(String what, InvalidValueException refused) {
        return new GodwitException(
                ErrorCode.ROW_NOT_CONVERTIBLE,
                what + ": " + refused.getMessage(),
                "Write the expression so that it has a value for every row, or leave such rows out by where or filter.",
                refused);
    }

    /** The array that holds the tuple, from 0 to {@link #length}. */
    public byte[] bytes() {
        return out.array();
    }

    public int length() {
        return out.length();
    }

    private void convert(Step.Convert step) {
        int field = step.field();
        if (fields.isNull(field)) {
            out.int4(-1);
            return;
        }
        int began = out.beginElement();
        try {
            step.converter().convert(fields.bytes(), fields.offset(field), fields.length(field), out);
        } catch (InvalidValueException refused) {
            throw new GodwitException(
                    ErrorCode.ROW_NOT_CONVERTIBLE,
                    "column " + step.column() + ": a value cannot be converted: " + refused.getMessage(),
                    "Choose a type for the target's column that holds it, or leave such rows out by where or filter.",
                    refused);
        }
        out.endElement(began);
    }

    private static Step step(ColumnPlan column, Origin.SourceColumn source, int field) {
        TypeDecision decision = TypeLattice.decide(source.type(), column.wireType());
        if (decision.kind() == TypeDecision.Kind.IMPOSSIBLE) {
            throw new GodwitException(
                    ErrorCode.TYPE_INCOMPATIBLE,
                    "column " + column.target() + " from " + source.name() + ": " + decision.reason(),
                    "Give the column another type, or leave it out.");
        }
        return decision.isIdentical()
                ? new Step.Pass(field)
                : new Step.Convert(column.target(), field, FieldConverters.of(source.type(), column.wireType()));
    }

    private static Step computed(ColumnPlan column, Evaluation evaluation) {
        TypeDecision decision = TypeLattice.decide(evaluation.type(), column.wireType());
        if (decision.kind() == TypeDecision.Kind.IMPOSSIBLE) {
            throw new GodwitException(
                    ErrorCode.TYPE_INCOMPATIBLE,
                    "column " + column.target() + ", which is computed: " + decision.reason(),
                    "Give the column another type, or cast the expression.");
        }
        FieldConverter converter =
                decision.isIdentical() ? null : FieldConverters.of(evaluation.type(), column.wireType());
        return new Step.Compute(
                column.target(), evaluation, Codecs.of(evaluation.type()), new FieldWriter(), converter);
    }

    private static FieldWriter constant(ColumnPlan column, @Nullable String text) {
        FieldWriter field = new FieldWriter();
        if (text == null) {
            field.int4(-1);
            return field;
        }
        Codec<Object> codec = Codecs.of(column.wireType());
        int began = field.beginElement();
        try {
            codec.write(codec.parse(text), field);
        } catch (InvalidValueException refused) {
            throw new GodwitException(
                    ErrorCode.TYPE_INCOMPATIBLE,
                    "column " + column.target() + ": its constant is no "
                            + column.wireType().notation() + ": " + refused.getMessage(),
                    "Write the value as the type's text form.",
                    refused);
        }
        field.endElement(began);
        return field;
    }
}
