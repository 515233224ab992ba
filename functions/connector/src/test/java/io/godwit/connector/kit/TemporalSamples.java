package io.godwit.connector.kit;

import java.util.List;

final class TemporalSamples {
    private TemporalSamples() {}

    static List<TypeSample> all() {
        return List.of(
                TypeSample.of(
                        "date",
                        "4714-11-24 BC",
                        "5874897-12-31",
                        "0001-12-31 BC",
                        "0001-01-01",
                        "1582-10-10",
                        "1582-10-15",
                        "1970-01-01",
                        "1999-12-31",
                        "2000-01-01",
                        "2000-02-29",
                        "1900-02-28",
                        "9999-12-31",
                        "10000-01-01",
                        "infinity",
                        "-infinity"),
                TypeSample.of("time", "00:00:00", "24:00:00", "23:59:59.999999", "12:34:56.1", "00:00:00.000001"),
                TypeSample.of("time(3)", "00:00:00", "24:00:00", "12:34:56.789"),
                TypeSample.of("time(0)", "23:59:59"),
                TypeSample.of(
                        "timetz",
                        "00:00:00+15:59:59",
                        "24:00:00-15:59:59",
                        "12:34:56.789+05:30",
                        "12:00:00+00",
                        "23:59:59.999999-00:30",
                        "12:00:00+00:00:01"),
                TypeSample.of("timetz(2)", "12:34:56.78-08"),
                timestamps("timestamp", ""),
                TypeSample.of("timestamp(3)", "2026-11-22 02:00:00.123", "infinity"),
                TypeSample.of("timestamp(0)", "1969-12-31 23:59:59"),
                timestamps("timestamptz", "+00"),
                TypeSample.of("timestamptz(3)", "2026-11-22 02:00:00.123+05:45", "-infinity"),
                TypeSample.of(
                        "interval",
                        "00:00:00",
                        "1 year",
                        "-1 year",
                        "1 year 2 mons 3 days 04:05:06.789",
                        "11 mons",
                        "-13 mons",
                        "1 mon -1 day",
                        "-1 day +01:00:00",
                        "1 day -00:00:01",
                        "-1 mon +1 day 00:00:01",
                        "-1 mon -1 day -00:00:01",
                        "00:00:00.000001",
                        "-00:00:00.000001",
                        "25:00:00",
                        "100 days",
                        "2562047788:00:54.775807",
                        "-2562047788:00:54.775807",
                        "178956970 years 7 mons",
                        "-178956970 years -8 mons",
                        "2147483647 days",
                        "-2147483648 days",
                        "infinity",
                        "-infinity"),
                TypeSample.of("interval(2)", "00:00:01.23"));
    }

    private static TypeSample timestamps(String type, String zone) {
        return TypeSample.of(
                type,
                "4714-11-24 00:00:00" + zone + " BC",
                "294276-12-31 23:59:59.999999" + zone,
                "0001-12-31 23:59:59.999999" + zone + " BC",
                "0001-01-01 00:00:00" + zone,
                "1582-10-10 12:00:00" + zone,
                "1969-12-31 23:59:59.999999" + zone,
                "1999-12-31 23:59:59.999999" + zone,
                "2000-01-01 00:00:00" + zone,
                "2026-03-29 02:30:00" + zone,
                "2026-11-22 02:00:00.1" + zone,
                "10000-01-01 00:00:00.000001" + zone,
                "infinity",
                "-infinity");
    }
}
