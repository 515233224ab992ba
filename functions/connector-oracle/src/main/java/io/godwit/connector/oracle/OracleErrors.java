package io.godwit.connector.oracle;

import io.godwit.connector.jdbc.dialect.ErrorWords;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/** By the numbers of {@code ORA-} messages. */
final class OracleErrors {
    private static final Set<String> VALUES = Set.of(
            // Keys, NULLs, checks, parents, children; lengths, ranges, numbers, dates; XML, JSON.
            "1",
            "1400",
            "1407",
            "2290",
            "2291",
            "2292",
            "12899",
            "1401",
            "1438",
            "1426",
            "1455",
            "1461",
            "1722",
            "1830",
            "1839",
            "1841",
            "1843",
            "1847",
            "1850",
            "1851",
            "1852",
            "1858",
            "1861",
            "1873",
            "1874",
            "31011",
            "40441",
            "40596",
            "22",
            "23");

    static final ErrorWords WORDS = new ErrorWords(
            Set.of("1017", "1005", "1045", "28000", "28001", "28040", "12505", "12514"),
            Set.of("18", "20", "12516", "12519", "12520"),
            Set.of("942"),
            Set.of("1031", "1720", "1950", "1536"),
            // Locks, deadlocks, lost and killed sessions, instances that start or stop, what is used by others.
            Set.of(
                    "54", "60", "8177", "1013", "28", "1012", "1033", "1034", "1035", "1089", "1090", "1092", "3113",
                    "3114", "3135", "4021", "4068", "12537", "12547", "12571", "17002", "17008", "17410", "25408",
                    "30006", "08"),
            Set.of("1555", "8180", "8181", "1466", "22924"),
            ofRows(),
            Set.of("1"),
            Set.of("955", "1408"));

    private OracleErrors() {}

    /** What triggers raise is a row's too: ORA-20000 to ORA-20999. */
    private static Set<String> ofRows() {
        Set<String> codes = new HashSet<>(VALUES);
        IntStream.rangeClosed(20_000, 20_999).mapToObj(String::valueOf).forEach(codes::add);
        return codes;
    }
}
