package io.godwit.ops.store;

import io.godwit.ops.DeadLetter;
import io.godwit.ops.DeadLetterView;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The latest events that no function would take, each once; the oldest are forgotten. */
public final class DeadLetters {
    private final int kept;

    /** @param kept how many at most */
    public DeadLetters(int kept) {
        this.kept = kept;
    }

    /** Keeps a letter. One that came before is counted once more. */
    public void keep(Connection store, DeadLetter letter) throws SQLException {
        try (PreparedStatement insert = store.prepareStatement("""
                insert into ops.dead_letter as d (source, id, type, subject, run, code, target, answer, data, data_bytes)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (source, id) do update set times = d.times + 1, last_at = now(),
                    code = excluded.code, target = excluded.target, answer = excluded.answer""")) {
            insert.setString(1, letter.source());
            insert.setString(2, letter.id());
            insert.setString(3, letter.type());
            insert.setString(4, letter.subject());
            insert.setString(5, letter.run());
            insert.setString(6, letter.code());
            insert.setString(7, letter.target());
            insert.setString(8, letter.answer());
            insert.setString(9, letter.data());
            insert.setInt(10, letter.dataBytes());
            insert.executeUpdate();
        }
        try (PreparedStatement forget = store.prepareStatement(
                "delete from ops.dead_letter where number <= (select number from ops.dead_letter order by number desc"
                        + " offset ? limit 1)")) {
            forget.setInt(1, kept);
            forget.executeUpdate();
        }
    }

    /** The latest, of one run or (null) of all. */
    public List<DeadLetterView> latest(Connection store, @Nullable String run, int limit) throws SQLException {
        List<DeadLetterView> letters = new ArrayList<>();
        try (PreparedStatement select = store.prepareStatement(
                "select * from ops.dead_letter where ?::text is null or run = ? order by number desc limit ?")) {
            select.setString(1, run);
            select.setString(2, run);
            select.setInt(3, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    letters.add(view(row));
                }
            }
        }
        return letters;
    }

    private static DeadLetterView view(ResultSet row) throws SQLException {
        return new DeadLetterView(
                new DeadLetter(
                        row.getString("source"),
                        row.getString("id"),
                        row.getString("type"),
                        row.getString("subject"),
                        row.getString("run"),
                        row.getString("code"),
                        row.getString("target"),
                        row.getString("answer"),
                        row.getString("data"),
                        row.getInt("data_bytes")),
                row.getTimestamp("first_at").toInstant(),
                row.getTimestamp("last_at").toInstant(),
                row.getInt("times"));
    }
}
