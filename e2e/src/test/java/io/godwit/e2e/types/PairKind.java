package io.godwit.e2e.types;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A kind of endpoint among the pairs: where its databases are, and what is in the one that is read. */
abstract class PairKind {
    /** The database that has the hard tables, in kinds that have lists of them. */
    static final String HARD = "pairs";

    private static final Path LISTS = Path.of("pairs");

    private final String name;

    PairKind(String name) {
        this.name = name;
    }

    /** The page's word for it; its lists are {@code e2e/pairs/NAME.sql} and {@code NAME.types}. */
    final String name() {
        return name;
    }

    /** A connection to a database, as a document of a job file. */
    abstract String document(String connection, String database) throws Exception;

    /** Makes an empty database, for what comes from a source. */
    abstract void create(String database, PairKind source) throws Exception;

    /** Makes the database {@link #HARD} and fills it, where the kind has lists. */
    void fill() throws Exception {}

    /**
     * The kind whose lists say what is read: itself; or PostgreSQL, where what is read is what PostgreSQL's tables
     * became here.
     */
    String lists() {
        return "postgresql";
    }

    final boolean hasLists() {
        return lists().equals(name);
    }

    /** The template of a target's tables. */
    String table() {
        return "{table}";
    }

    /** Whether it can be read. */
    boolean isSource() {
        return true;
    }

    /** Whether it can be written. */
    boolean isSink() {
        return true;
    }

    /** What a plan refuses to make here unasked, said in the job: by type, the type. */
    Map<String, String> consents() {
        return Map.of();
    }

    /** Tables of the lists that a sink of this kind cannot have, which a plan says: by table, words of its error. */
    Map<String, String> without() {
        return Map.of();
    }

    /** Patterns of the lists' tables that do not go there: those that it cannot have. */
    Collection<String> except() {
        return without().keySet();
    }

    /**
     * The column {@code v} of a table of {@link #types} by its {@code id}, seen without Godwit: texts as PostgreSQL
     * writes them, or JSON; empty where nobody looks.
     */
    Optional<Map<String, JsonNode>> seen(String database, String table) throws Exception {
        return Optional.empty();
    }

    /** By table: the type, and its values. A table per type: its number keeps names apart. */
    final Map<String, List<String>> types() throws IOException {
        Map<String, List<String>> types = new LinkedHashMap<>();
        for (String line : Files.readAllLines(LISTS.resolve(lists() + ".types"))) {
            if (!line.startsWith("#")) {
                List<String> words = List.of(line.split(" \\| "));
                types.put("t%02d_%s".formatted(types.size() + 1, words.get(0).replaceAll("[^a-z0-9].*", "")), words);
            }
        }
        return types;
    }

    /** SQL that makes all tables of the lists. */
    final String script() throws IOException {
        StringBuilder script = new StringBuilder(Files.readString(LISTS.resolve(lists() + ".sql")));
        types().forEach((table, words) -> {
            script.append("create table " + table + " (id integer primary key, v " + words.get(0) + ");\n");
            for (int i = 1; i < words.size(); i++) {
                script.append("insert into " + table + " values (" + i + ", " + words.get(i) + ");\n");
            }
            script.append("insert into " + table + " values (0, null);\n");
        });
        return script.toString();
    }
}
