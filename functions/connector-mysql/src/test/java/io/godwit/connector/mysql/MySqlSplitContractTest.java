package io.godwit.connector.mysql;

import io.godwit.connector.kit.SampleKey;
import io.godwit.connector.kit.SplitContract;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;

class MySqlSplitContractTest extends SplitContract {
    private static final String[] STARTS = {"a", "A", "ä", "Z", "z", "é", "-", "ß", "日", "🐦", "'", "\\", "10", "9"};

    MySqlSplitContractTest() {
        super(new MySqlTestedSource(MySqlServer.connection("split_contract")));
    }

    @Override
    protected boolean holdsSnapshots() {
        return false;
    }

    @Override
    protected List<SampleKey> keys() {
        return List.of(
                one("int", "int", String::valueOf),
                one(
                        "bigint from end to end",
                        "bigint",
                        i -> i == 0
                                ? String.valueOf(Long.MIN_VALUE)
                                : i == 1 ? String.valueOf(Long.MAX_VALUE) : String.valueOf(i * 7919L)),
                one(
                        "bigint unsigned",
                        "bigint unsigned",
                        i -> i == 0 ? "18446744073709551615" : Long.toUnsignedString(Long.MIN_VALUE + i)),
                one("decimal", "decimal(30,10)", i -> (i % 2 == 0 ? "-" : "") + i + "." + i),
                one("double", "double", i -> i == 0 ? "1e300" : i + ".1"),
                one("float", "float", i -> i + ".1"),
                one("datetime", "datetime(6)", i -> moment(i)),
                one("timestamp", "timestamp(6)", i -> moment(i)),
                one(
                        "date",
                        "date",
                        i -> LocalDateTime.of(1000, 1, 1, 0, 0)
                                .plusDays(i)
                                .toLocalDate()
                                .toString()),
                one("binary", "binary(8)", i -> String.format("x'%016X'", (i + 1) * 0x9E3779B97F4A7C15L)),
                one("bit", "bit(40)", i -> "b'" + Integer.toBinaryString(i) + "'"),
                one("inet", "inet6", i -> "2001:db8::" + Integer.toHexString(i + 1)),
                one("uuid", "uuid", i -> new UUID((i + 1) * 0x9E3779B97F4A7C15L, i).toString()),
                one("text by code points", "varchar(100) COLLATE utf8mb4_nopad_bin", MySqlSplitContractTest::word),
                one("text by a language", "varchar(100) COLLATE utf8mb4_unicode_520_ci", MySqlSplitContractTest::word),
                one("text of one byte a character", "varchar(100) CHARACTER SET latin1", i -> "é" + i),
                one("char", "char(12)", i -> "c" + i),
                new SampleKey(
                        "int and text", List.of("int", "varchar(100)"), i -> List.of(String.valueOf(i % 7), word(i))),
                new SampleKey(
                        "one int for all and bigint", List.of("int", "bigint"), i -> List.of("1", String.valueOf(i))),
                new SampleKey(
                        "text, number and text",
                        List.of("varchar(5)", "tinyint", "char(36)"),
                        i -> List.of("x" + i % 3, String.valueOf(i % 2), new UUID(i, i).toString())));
    }

    private static SampleKey one(String label, String type, IntFunction<String> value) {
        return new SampleKey(label, List.of(type), i -> List.of(value.apply(i)));
    }

    private static String word(int i) {
        return STARTS[i % STARTS.length] + Long.toString(Math.abs(((i + 1) * 0x9E3779B97F4A7C15L) >> 20), 36) + i;
    }

    private static String moment(int i) {
        return LocalDateTime.of(2020, 1, 1, 0, 0, 0, 1000)
                .plusHours(i)
                .toString()
                .replace('T', ' ');
    }
}
