package io.godwit.platform.jobfile;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.NearestWord;
import io.godwit.core.job.ByteSize;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the schema of connections cannot say. */
final class ConnectionChecks {
    private ConnectionChecks() {}

    /**
     * Notes what is wrong.
     *
     * @param types the connectors' types; null: not known, so not checked
     */
    static void check(Cursor connection, @Nullable Set<String> types, Problems problems) {
        Cursor bytes = connection.at("limits").at("bytesPerSecond");
        bytes.text().ifPresent(text -> problems.check(bytes, () -> ByteSize.parse(text)));
        Optional<String> type = connection.at("type").text();
        if (types != null && type.isPresent() && !types.contains(type.get())) {
            problems.add(
                    connection.at("type"),
                    ErrorCode.CONNECTOR_UNKNOWN,
                    "no connector of type " + type.get(),
                    NearestWord.remedy(type.get(), new TreeSet<>(types)));
        }
    }
}
