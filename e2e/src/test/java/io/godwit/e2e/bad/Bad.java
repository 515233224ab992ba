package io.godwit.e2e.bad;

import java.util.List;

/**
 * One thing that is wrong, and how Godwit says so.
 *
 * @param bad the document of the connection {@code bad}
 * @param migrate what the job migrates, between it and the connections {@code source} and {@code target}
 * @param words what the error says besides: the place, the remedy
 */
record Bad(String what, String bad, String migrate, String code, List<String> words) {

    /** All that the connection has is read. */
    static Bad source(String what, String connection, String code, String... words) {
        return reading(what, connection, "tables: [\"*\"]", code, words);
    }

    /** This is read from the connection. */
    static Bad reading(String what, String connection, String tables, String code, String... words) {
        return new Bad(
                what,
                connection,
                "from: { connection: bad, " + tables + " }\nto: { connection: target, table: \"t_{table}\" }\n",
                code,
                List.of(words));
    }

    /** The one table of {@code source} is written into the connection. */
    static Bad sink(String what, String connection, String table, String code, String... words) {
        return new Bad(
                what,
                connection,
                "from: { connection: source, tables: [public.orders] }\nto: { connection: bad, " + table + " }\n",
                code,
                List.of(words));
    }

    /** Of the connection's table {@code orders}, whose second row or so is bad, into a database that may take it. */
    static Bad row(String what, String connection, String code, String... words) {
        return new Bad(
                what,
                connection,
                "from: { connection: bad, tables: [orders] }\nto: { connection: target, table: public.orders }\n",
                code,
                List.of(words));
    }

    /** A connection named {@code bad}. */
    static String connection(String type, String lines, String options) {
        return "kind: Connection\nname: bad\ntype: " + type + "\n" + lines + "\noptions: { " + options + " }\n---\n";
    }

    @Override
    public String toString() {
        return what;
    }
}
