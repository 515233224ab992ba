package io.godwit.core.port;

import java.util.Optional;

/** Immutable documents under ids: jobs, connections, table plans. */
public interface DocumentStore {

    /** The document, read as {@code form}; empty where there is none of that id. Callers may cache it for ever. */
    <T> Optional<T> find(String id, Class<T> form);
}
