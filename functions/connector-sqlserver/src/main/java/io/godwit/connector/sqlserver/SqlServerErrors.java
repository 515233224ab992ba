package io.godwit.connector.sqlserver;

import io.godwit.connector.jdbc.dialect.ErrorWords;
import java.util.Set;

/** By number, as {@code sys.messages} has them, and by what the driver makes an SQLSTATE of. */
final class SqlServerErrors {
    static final ErrorWords WORDS = new ErrorWords(
            Set.of("18456", "18452", "18470", "18486", "18487", "18488", "4060", "4062", "4064", "916", "28000"),
            Set.of("17809", "10928", "10929"),
            Set.of("208", "3701", "4902"),
            Set.of("229", "230", "262", "297", "300", "1088", "2760", "15247"),
            // Locks, deadlocks, snapshot conflicts, lost sessions, fail-overs, no memory for the moment.
            Set.of(
                    "1204", "1205", "1222", "3960", "3961", "596", "701", "952", "976", "983", "6005", "10053", "10054",
                    "10060", "40197", "40501", "40613", "49918", "49919", "49920", "HYT00", "08"),
            Set.of(),
            // NULLs, constraints, keys, lengths, ranges, conversions, XML, JSON, THROW and RAISERROR of triggers.
            Set.of(
                    "515", "547", "2627", "2601", "8152", "2628", "220", "8115", "232", "241", "242", "244", "245",
                    "248", "295", "296", "8114", "8169", "9402", "9411", "9420", "9436", "9455", "13608", "13609",
                    "50000", "51000", "22", "23"),
            Set.of("2627", "2601"),
            Set.of("2714", "1913"));

    private SqlServerErrors() {}
}
