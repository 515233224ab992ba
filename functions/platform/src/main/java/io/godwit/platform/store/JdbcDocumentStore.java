package io.godwit.platform.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.port.DocumentStore;
import io.godwit.platform.json.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Fetches documents from the control store, and keeps the latest used: they never change. Safe for threads. */
public final class JdbcDocumentStore implements DocumentStore {
    /** Table plans of a wide table take some hundred KB: this many bound the cache to tens of MB. */
    private static final int KEPT = 128;

    private final DataSource store;
    private final Map<String, Object> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
            return size() > KEPT;
        }
    };

    public JdbcDocumentStore(DataSource store) {
        this.store = store;
    }

    @Override
    public <T> Optional<T> find(String id, Class<T> form) {
        String key = form.getName() + " " + id;
        synchronized (kept) {
            Object found = kept.get(key);
            if (found != null) {
                return Optional.of(form.cast(found));
            }
        }
        Optional<T> fetched = fetch(id, form);
        fetched.ifPresent(document -> {
            synchronized (kept) {
                kept.put(key, document);
            }
        });
        return fetched;
    }

    private <T> Optional<T> fetch(String id, Class<T> form) {
        try (Connection connection = store.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select body from godwit.document where id = ?")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(Json.mapper().readValue(row.getString(1), form)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new GodwitException(
                    ErrorCode.CONTROL_STORE_UNREACHABLE,
                    "document " + id + " cannot be fetched: " + e.getMessage(),
                    "Tried again by itself; look at the control store if it goes on.",
                    e);
        } catch (JsonProcessingException e) {
            throw new GodwitException(
                    ErrorCode.DEFECT,
                    "document " + id + " is not a " + form.getSimpleName(),
                    "The planner and this function may be of different versions.",
                    e);
        }
    }
}
