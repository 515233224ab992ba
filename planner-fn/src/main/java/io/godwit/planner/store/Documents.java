package io.godwit.planner.store;

import io.godwit.platform.json.Json;
import java.util.List;

/** Immutable documents that readers and writers fetch by their ids. Kept in the transaction of what points to them. */
public final class Documents {
    private Documents() {}

    /** Keeps a document under its id. An id that is there stands for the same. */
    public static void keep(Session session, String id, Object document) {
        session.sql(
                        "insert into godwit.document (id, body) values (?, ?::jsonb) on conflict (id) do nothing",
                        id,
                        Json.text(document))
                .update();
    }

    /** A document that may be there. */
    public static <T> java.util.Optional<T> find(Session session, String id, Class<T> form) {
        return session.sql("select body from godwit.document where id = ?", id)
                .first(row -> JsonText.read(row.getString(1), form));
    }

    /** A document that something points to. */
    public static <T> T get(Session session, String id, Class<T> form) {
        return session.sql("select body from godwit.document where id = ?", id)
                .first(row -> JsonText.read(row.getString(1), form))
                .orElseThrow(() -> new IllegalStateException("the document store has lost " + id));
    }

    /** Documents that something points to, in the order of the ids. */
    public static <T> List<T> getAll(Session session, List<String> ids, Class<T> form) {
        List<T> all = session.sql("""
                        select d.body from unnest(?::text[]) with ordinality as w (id, n)
                        join godwit.document d on d.id = w.id order by w.n
                        """, ids).list(row -> JsonText.read(row.getString(1), form));
        if (all.size() != ids.size()) {
            throw new IllegalStateException("the document store has lost some of " + ids);
        }
        return all;
    }
}
