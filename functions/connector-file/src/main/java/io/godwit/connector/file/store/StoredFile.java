package io.godwit.connector.file.store;

/**
 * A file of a store.
 *
 * @param path below the store's root, {@code /} between folders
 * @param version what the store calls its content: another one, another content
 */
public record StoredFile(String path, long bytes, String version) {}
