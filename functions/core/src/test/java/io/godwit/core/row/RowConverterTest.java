package io.godwit.core.row;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowConverterTest {

    @Test
    void sameTypesAreTheSameBytes() {
        RowConverter converter = new RowConverter(List.of(
                column("id", "int8", "int8"),
                column("name", "varchar(10)", "text"),
                column("n", "numeric(9,2)", "numeric")));
        assertThat(converter.isIdentity()).isTrue();
        byte[] row = row(List.of("int8", "varchar(10)", "numeric(9,2)"), Arrays.asList("1", "a", null));
        assertThat(convert(converter, row)).isEqualTo(row);
    }

    @Test
    void fieldsAreConvertedAndConstantsPutBetween() {
        RowConverter converter = new RowConverter(List.of(
                constant("source", "text", "shop"),
                column("id", "int4", "int8"),
                constant("nothing", "date", null),
                column("name", "text", "text"),
                column("amount", "numeric(9,2)", "numeric(12,4)"),
                constant("loaded", "timestamptz(3)", "2026-11-22T02:00:00Z")));
        assertThat(converter.isIdentity()).isFalse();
        List<String> wire = List.of("text", "int8", "date", "text", "numeric(12,4)", "timestamptz(3)");
        List<String> source = List.of("int4", "text", "numeric(9,2)");

        assertThat(convert(converter, row(source, Arrays.asList("7", "Grün", "1.50"))))
                .isEqualTo(row(wire, Arrays.asList("shop", "7", null, "Grün", "1.5000", "2026-11-22 02:00:00+00")));
        assertThat(convert(converter, row(source, Arrays.asList(null, null, null))))
                .isEqualTo(row(wire, Arrays.asList("shop", null, null, null, null, "2026-11-22 02:00:00+00")));
    }

    @Test
    void aRowOfConstantsNeedsNoField() {
        RowConverter converter = new RowConverter(List.of(constant("one", "int4", "1")));
        assertThat(convert(converter, new byte[2])).isEqualTo(row(List.of("int4"), List.of("1")));
    }

    @Test
    void aFailingValueNamesTheColumnAndNotTheValue() {
        RowConverter converter = new RowConverter(List.of(column("id", "int4", "int4"), column("age", "text", "int2")));
        byte[] row = row(List.of("int4", "text"), List.of("1", "secret"));
        assertThatThrownBy(() -> converter.convert(row, 0, row.length))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.ROW_NOT_CONVERTIBLE))
                .hasMessageContaining("column age")
                .hasMessageNotContaining("secret");
        byte[] next = row(List.of("int4", "text"), List.of("1", "30"));
        assertThat(convert(converter, next)).isEqualTo(row(List.of("int4", "int2"), List.of("1", "30")));
    }

    @Test
    void aConstantThatIsNoValueIsRefusedAtOnce() {
        assertThatThrownBy(() -> new RowConverter(List.of(constant("day", "date", "yesterday"))))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.TYPE_INCOMPATIBLE))
                .hasMessageContaining("column day");
    }

    @Test
    void typesWithNoWayBetweenThemAreRefusedAtOnce() {
        assertThatThrownBy(() -> new RowConverter(List.of(column("day", "int4", "date"))))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.TYPE_INCOMPATIBLE));
    }

    @Test
    void bytesThatAreNoTupleAreADefectOfTheSource() {
        RowConverter converter = new RowConverter(List.of(column("id", "int4", "int8")));
        byte[] cut = Arrays.copyOf(row(List.of("int4"), List.of("1")), 8);
        assertThatThrownBy(() -> converter.convert(cut, 0, cut.length))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.DEFECT));
    }

    private static byte[] convert(RowConverter converter, byte[] row) {
        byte[] among = ("before" + "x".repeat(row.length) + "after").getBytes(UTF_8);
        System.arraycopy(row, 0, among, 6, row.length);
        converter.convert(among, 6, row.length);
        return Arrays.copyOf(converter.bytes(), converter.length());
    }

    private static ColumnPlan column(String name, String from, String to) {
        return new ColumnPlan(name, new Origin.SourceColumn(name, LogicalType.parse(from)), LogicalType.parse(to), to);
    }

    private static ColumnPlan constant(String name, String type, @Nullable String text) {
        return new ColumnPlan(name, new Origin.Constant(text), LogicalType.parse(type), type);
    }

    private static byte[] row(List<String> types, List<@Nullable String> values) {
        TupleBuilder tuple = new TupleBuilder().begin(types.size());
        for (int i = 0; i < types.size(); i++) {
            Codec<Object> codec = Codecs.of(LogicalType.parse(types.get(i)));
            String value = values.get(i);
            tuple.field(value == null ? null : codec.encode(codec.parse(value)));
        }
        return tuple.toByteArray();
    }
}
