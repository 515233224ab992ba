package io.godwit.connector.mongodb;

import io.godwit.core.table.TableName;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Names of collections and of fields. */
final class Names {
    /** A namespace has 255 bytes, of which the database's name has up to 64. */
    private static final int MOST_BYTES = 190;

    private Names() {}

    /** Collections have no schemas; a dot in a name is customary. */
    static String collection(TableName table) {
        return table.schema() == null ? table.name() : table.schema() + "." + table.name();
    }

    /** Why no collection of the name is written; empty: it may be. */
    static Optional<String> refusal(String collection) {
        boolean unfit = collection.indexOf('$') >= 0
                || collection.indexOf('\0') >= 0
                || collection.startsWith(".")
                || collection.endsWith(".")
                || collection.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES;
        if (unfit) {
            return Optional.of("a collection's name has no $, no dot at an end and at most " + MOST_BYTES + " bytes");
        }
        return MongoSession.isHidden(collection)
                ? Optional.of("names that begin with system. or " + MongoSession.OWN + " are not for tables")
                : Optional.empty();
    }

    /**
     * Why no field of the name is written: half of MongoDB's operators would take it for a path, or for one of them.
     */
    static Optional<String> fieldRefusal(String field) {
        boolean unfit = field.isEmpty() || field.startsWith("$") || field.indexOf('.') >= 0 || field.indexOf('\0') >= 0;
        return unfit
                ? Optional.of("a field's name is not empty, begins with no $ and has no dot in it")
                : Optional.empty();
    }
}
