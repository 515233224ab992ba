package io.godwit.connector.opensearch;

import io.godwit.core.run.StepId;
import io.godwit.core.table.TableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names of aliases and indices: small letters, digits and {@code _ . - %} alone, so that they are paths too. */
final class Names {
    private static final int MOST_ALIAS = 200;
    private static final Pattern STEP = Pattern.compile("-godwit-[0-9a-f]{24}");

    private Names() {}

    /**
     * What a table is called: other bytes than those above as {@code %} and two digits.
     *
     * @throws IllegalArgumentException where it would be too long
     */
    static String alias(String prefix, TableName table) {
        String full = table.schema() == null ? table.name() : table.schema() + "." + table.name();
        StringBuilder alias = new StringBuilder(prefix);
        for (byte one : full.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (one & 0xFF);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "_.-".indexOf(c) >= 0;
            alias.append(plain ? String.valueOf(c) : String.format("%%%02x", one & 0xFF));
        }
        if (alias.length() > MOST_ALIAS) {
            throw new IllegalArgumentException(table.display() + " is too long for the name of an alias");
        }
        return alias.toString();
    }

    /** The index that a step writes for a table. */
    static String index(String alias, StepId step) {
        return alias + suffix(step);
    }

    /** Whether an index is called as one that some step writes for a table. */
    static boolean isIndex(String alias, String name) {
        return name.startsWith(alias)
                && STEP.matcher(name.substring(alias.length())).matches();
    }

    /** The hidden alias under which alone an index is written: a request for it never makes an index. */
    static String writing(String index) {
        return index + "-write";
    }

    /** How the names of all of a step's indices end. */
    static String suffix(StepId step) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(step.value().getBytes(StandardCharsets.UTF_8));
            return "-godwit-" + HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /** As it stands in a path. */
    static String inPath(String name) {
        return name.replace("%", "%25");
    }
}
