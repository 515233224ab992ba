package io.godwit.connector.sqlite;

import io.godwit.connector.kit.SampleKey;
import io.godwit.connector.kit.SplitContract;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;

class SqliteSplitContractTest extends SplitContract {
    private static final String[] STARTS = {
        "a", "A", "ä", "Z", "z", "é", "-", "ß", "日", "🐦", "'", "\\", "10", "9", "", " "
    };

    SqliteSplitContractTest() {
        super(new SqliteTestedSource(TestFiles.empty("split_contract")));
    }

    @Override
    protected boolean holdsSnapshots() {
        return false;
    }

    @Override
    protected List<SampleKey> keys() {
        return List.of(
                one("row numbers", "integer", String::valueOf),
                one("negative row numbers", "integer", i -> String.valueOf(-1000L * i)),
                one("integers beside the row numbers", "int", String::valueOf),
                one(
                        "integers from end to end",
                        "integer",
                        i -> i == 0
                                ? String.valueOf(Long.MIN_VALUE)
                                : i == 1 ? String.valueOf(Long.MAX_VALUE) : String.valueOf(i * 7919L)),
                one("one far outlier", "integer", i -> i == 0 ? "9000000000000000000" : String.valueOf(i)),
                one("decimal", "decimal(14,4)", i -> (i % 2 == 0 ? "-" : "") + i + "." + i),
                one("decimal as text", "decimal_text(30,10)", i -> i + ".0000000001"),
                one("double", "double", i -> i == 0 ? "Infinity" : i == 1 ? "-1.0E300" : i + ".1"),
                one("date", "date", i -> LocalDate.of(1, 1, 1).plusDays(i).toString()),
                one("blob", "blob", i -> String.format("x'%016x'", (i + 1) * 0x9E3779B97F4A7C15L)),
                one("uuid", "uuid", i -> new UUID((i + 1) * 0x9E3779B97F4A7C15L, i).toString()),
                one("text by code points", "text", SqliteSplitContractTest::word),
                one("text with zero characters", "text", i -> "n\0" + word(i)),
                one("text without case", "text COLLATE NOCASE", SqliteSplitContractTest::word),
                one("text without blanks at the end", "text COLLATE RTRIM", SqliteSplitContractTest::word),
                one("varchar", "varchar(100)", SqliteSplitContractTest::word),
                new SampleKey("integer and text", List.of("int", "text"), i -> List.of(String.valueOf(i % 7), word(i))),
                new SampleKey(
                        "one integer for all and another",
                        List.of("int", "integer"),
                        i -> List.of("1", String.valueOf(i))),
                new SampleKey(
                        "text, number and text",
                        List.of("varchar(5) COLLATE NOCASE", "int", "text"),
                        i -> List.of("x" + i % 3, String.valueOf(i % 2), new UUID(i, i).toString())));
    }

    private static SampleKey one(String label, String type, IntFunction<String> value) {
        return new SampleKey(label, List.of(type), i -> List.of(value.apply(i)));
    }

    private static String word(int i) {
        return STARTS[i % STARTS.length] + Long.toString(Math.abs(((i + 1) * 0x9E3779B97F4A7C15L) >> 20), 36) + i;
    }
}
