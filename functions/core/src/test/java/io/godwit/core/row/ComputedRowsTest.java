package io.godwit.core.row;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.expression.Expression;
import io.godwit.core.expression.Keys;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Formula;
import io.godwit.core.plan.Origin;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComputedRowsTest {
    private static final Origin.SourceColumn ID = new Origin.SourceColumn("id", Scalar.INT4);
    private static final Origin.SourceColumn NAME = new Origin.SourceColumn("name", Scalar.TEXT);
    private static final Keys SECRETS = reference -> "00".repeat(32);

    @Test
    void whatOnlyExpressionsAndTheFilterLookAtIsReadTooAndOnce() {
        List<ColumnPlan> columns = List.of(
                new ColumnPlan("id", ID, Scalar.INT4, "int4"),
                computed("key", "id * 2", "int8"),
                computed("name", "upper(name) || id", "text"));
        assertThat(SourceFields.of(columns, formula("name <> '' and id > 0"))).containsExactly(ID, NAME);
        assertThat(SourceFields.of(columns.subList(1, 2), formula("name <> ''")))
                .containsExactly(ID, NAME);
        assertThat(SourceFields.of(columns.subList(0, 1), null)).containsExactly(ID);
    }

    @Test
    void columnsAreComputedBetweenOthers() {
        RowConverter converter = new RowConverter(
                List.of(
                        computed("name", "upper(trim(name))", "varchar(10)"),
                        new ColumnPlan("id", ID, Scalar.INT8, "int8"),
                        computed("twice", "id * 2", "int8"),
                        computed("nothing", "nullif(id, id)", "int4")),
                formula("id <> 5"),
                SECRETS);
        assertThat(converter.isIdentity()).isFalse();
        assertThat(convert(converter, "7", " ada ")).containsExactly("ADA", "7", "14", null);
        assertThat(convert(converter, "7", null)).containsExactly(null, "7", "14", null);
        assertThat(convert(converter, "5", "gone")).isEmpty();
        assertThat(convert(converter, null, "unknown is not true")).isEmpty();
    }

    @Test
    void aRowWithoutAValueIsRefusedByItsColumnAndNotShown() {
        RowConverter converter = new RowConverter(
                List.of(computed("number", "cast(name as int4)", "int4"), new ColumnPlan("id", ID, Scalar.INT4, "")),
                null,
                SECRETS);
        assertThatThrownBy(() -> convert(converter, "1", "secret"))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.ROW_NOT_CONVERTIBLE))
                .hasMessageContaining("column number: a value cannot be computed")
                .hasMessageNotContaining("secret");
        RowConverter filtering = new RowConverter(List.of(), formula("1 / id > 0 and name is null"), SECRETS);
        assertThatThrownBy(() -> convert(filtering, "0", "secret"))
                .hasMessageContaining("the filter: it has no answer for a row: division by zero");
    }

    @Test
    void aWrongKeyFailsAtTheFirstRow() {
        Formula encrypt = formula("encrypt(name, 'env:K')");
        String sealed = String.valueOf(convert(
                        new RowConverter(
                                List.of(
                                        new ColumnPlan("id", ID, Scalar.INT4, "int4"),
                                        new ColumnPlan("x", new Origin.Computed(encrypt), Scalar.TEXT, "text")),
                                null,
                                SECRETS),
                        "1",
                        "ada")
                .get(1));
        RowConverter wrong = new RowConverter(
                List.of(
                        new ColumnPlan("id", ID, Scalar.INT4, "int4"),
                        computed("name", "decrypt(name, 'env:K')", "text")),
                null,
                reference -> "11".repeat(32));
        assertThatThrownBy(() -> convert(wrong, "1", sealed))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.ROW_NOT_CONVERTIBLE))
                .hasMessageContaining("column name: a value cannot be computed: it was encrypted under another key");
    }

    private static Formula formula(String text) {
        Expression expression = Expression.parse(text);
        List<Expression.Field> fields = Stream.of(ID, NAME)
                .map(column -> new Expression.Field(column.name(), column.type()))
                .toList();
        List<Origin.SourceColumn> columns = Stream.of(ID, NAME)
                .filter(column -> expression.columns().contains(column.name()))
                .toList();
        return new Formula(text, columns, expression.check(fields));
    }

    private static ColumnPlan computed(String target, String text, String wire) {
        return new ColumnPlan(target, new Origin.Computed(formula(text)), LogicalType.parse(wire), wire);
    }

    /** A row of id and name, converted, as text; empty where it was left out. */
    private static List<@Nullable String> convert(RowConverter converter, @Nullable String id, @Nullable String name) {
        byte[] tuple = new TupleBuilder()
                .begin(2)
                .field(encoded(Scalar.INT4, id))
                .field(encoded(Scalar.TEXT, name))
                .toByteArray();
        if (!converter.convert(tuple, 0, tuple.length)) {
            return List.of();
        }
        byte[] row = Arrays.copyOf(converter.bytes(), converter.length());
        TupleFields fields = new TupleFields(row[1]); // two bytes hold the number of columns
        fields.of(row, 0, row.length);
        List<@Nullable String> texts = new ArrayList<>();
        for (int field = 0; field < fields.columns(); field++) {
            texts.add(fields.isNull(field) ? null : text(fields.copy(field)));
        }
        return texts;
    }

    private static byte @Nullable [] encoded(LogicalType type, @Nullable String value) {
        Codec<Object> codec = Codecs.of(type);
        return value == null ? null : codec.encode(codec.parse(value));
    }

    /** Whole numbers here are below 128, and texts longer or of letters. */
    private static String text(byte[] field) {
        boolean number = (field.length == 4 || field.length == 8) && field[0] == 0;
        return number ? Integer.toString(field[field.length - 1]) : new String(field, UTF_8);
    }
}
