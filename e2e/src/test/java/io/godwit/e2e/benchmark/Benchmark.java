package io.godwit.e2e.benchmark;

import io.godwit.embedded.EmbeddedPostgres;
import io.godwit.local.demo.Tpch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Moves tables from one PostgreSQL into another, in turn by {@code psql COPY binary | psql COPY binary} and by
 * {@code godwit run}, and prints both, their ratio, and where the processor time went. Both servers are the same in
 * every round, {@code fsync} on; the target has its primary key. Godwit's time is the whole command: start of the JVM,
 * the control store and Kafka, planning, ledger, digests and publishing included.
 *
 * <pre>e2e/benchmark [ROWS-IN-MILLIONS] [ROUNDS] [start|mixed|lineitem|existing|converted]</pre>
 */
@SuppressWarnings("InlineFormatString") // the data, where a reader looks for it
public final class Benchmark {
    static final String MIXED = """
            create table mixed (
                id bigint primary key, a integer not null, b integer, c smallint, amount numeric(12,2), ratio double precision,
                ok boolean, day date, at timestamptz, name varchar(40), note text, code char(8))""";
    static final String MIXED_ROWS = """
            insert into mixed select i, i %% 1000, (i * 7) %% 100000, i %% 100, (i %% 1000000) / 100.0, i / 3.0, i %% 2 = 0,
                date '2000-01-01' + (i %% 8000)::integer, timestamptz '2026-01-01' + i * interval '1 second',
                'name ' || i, case when i %% 10 = 0 then null else 'a note on row ' || i end, lpad((i %% 99999999)::text, 8, '0')
            from generate_series(1, %d) as i""";

    /** In the place of a change of the target: there is none, Godwit creates it. */
    private static final String CREATED = "";

    private final EmbeddedPostgres source;
    private final EmbeddedPostgres target;
    private final Path folder;
    private final Race race;

    private Benchmark(EmbeddedPostgres source, EmbeddedPostgres target, Path folder) {
        this.source = source;
        this.target = target;
        this.folder = folder;
        this.race = new Race(folder, Map.of("source", source.pid(), "target", target.pid()));
    }

    public static void main(String... args) throws Exception {
        long rows = (long) ((args.length > 0 ? Double.parseDouble(args[0]) : 5) * 1_000_000);
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        Path folder = Files.createTempDirectory("godwit-benchmark");
        try (EmbeddedPostgres source = server();
                EmbeddedPostgres target = server()) {
            new Benchmark(source, target, folder).all(rows, rounds, args.length > 2 ? args[2] : "");
        } finally {
            Race.delete(folder);
        }
    }

    static EmbeddedPostgres server() {
        return EmbeddedPostgres.builder()
                .setting("shared_buffers", "512MB")
                .setting("max_wal_size", "8GB")
                .setting("checkpoint_timeout", "30min")
                .start();
    }

    private void all(long rows, int rounds, String only) throws Exception {
        System.out.printf(Locale.ROOT, "%d processors%n", Runtime.getRuntime().availableProcessors());
        try (Connection connection = source.connect("postgres");
                Statement statement = connection.createStatement()) {
            if ("lineitem".startsWith(only)) {
                String scale = rows >= 5_000_000 ? "1" : "0.1";
                System.out.println("loading TPC-H at scale " + scale + " ...");
                Tpch.load(connection, Double.parseDouble(scale), (table, filled) -> {});
                // The pipe makes no indexes; Godwit would make this one.
                statement.execute("drop index lineitem_by_shipdate");
            }
            if (only.isEmpty() || !"lineitem".startsWith(only)) {
                System.out.printf(Locale.ROOT, "loading %,d rows of 12 columns ...%n", rows);
                statement.execute(MIXED);
                statement.execute(String.format(Locale.ROOT, MIXED_ROWS, rows));
            }
            statement.execute("vacuum analyze");
        }
        if ("start".startsWith(only)) {
            start(rounds);
        }
        if ("mixed".startsWith(only)) {
            compare("mixed", "the target created", rounds, CREATED);
        }
        if ("lineitem".startsWith(only)) {
            compare("lineitem", "the target created", rounds, CREATED);
        }
        if ("existing".startsWith(only)) {
            compare("mixed", "into a table that stands, with its primary key", rounds, "select 1");
        }
        if ("converted".startsWith(only)) {
            compare("mixed", "into a table that stands, every column converted", rounds, """
                    alter table mixed alter a type bigint, alter b type bigint, alter c type integer, alter amount type numeric(20,4),
                    alter day type timestamp, alter id type numeric(20), alter ratio type text, alter ok type text,
                    alter at type text, alter name type varchar(80), alter note type varchar, alter code type text""");
        }
    }

    /** From the command's start to the first row's commit in the target, and to the command's end. */
    private void start(int rounds) throws Exception {
        System.out.printf(Locale.ROOT, "%nstart: godwit run of a table of one row, a warm build%n");
        for (int round = 0; round < rounds; round++) {
            try (Connection from = source.connect("postgres");
                    Connection to = target.connect("postgres");
                    Statement read = from.createStatement();
                    Statement write = to.createStatement()) {
                read.execute("drop table if exists tiny; create table tiny as select 1 as id");
                write.execute("drop table if exists tiny");
                long begun = System.currentTimeMillis();
                Race.Taken taken = godwit("tiny");
                try (ResultSet row =
                        write.executeQuery("select extract(epoch from max(written_at)) * 1000 from godwit.ledger")) {
                    row.next();
                    System.out.printf(
                            Locale.ROOT,
                            "  round %d   first row %.1f s, end %.1f s   CPU s: %s%n",
                            round + 1,
                            (row.getLong(1) - begun) / 1e3,
                            taken.wallSeconds(),
                            taken.split());
                }
            }
        }
    }

    private void compare(String table, String how, int rounds, String alter) throws Exception {
        List<Race.Taken> pipes = new ArrayList<>();
        List<Race.Taken> runs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            freshTarget(table, "select 1");
            pipes.add(pipe(table));
            freshTarget(table, alter.equals(CREATED) ? "drop table " + table : alter);
            runs.add(godwit(table));
            check(table);
        }
        Race.report(table + ", " + how, pipes, runs);
    }

    private void freshTarget(String table, String alter) throws Exception {
        try (Connection from = source.connect("postgres");
                Connection to = target.connect("postgres");
                Statement read = from.createStatement();
                Statement write = to.createStatement()) {
            write.execute("drop table if exists " + table + " cascade");
            write.execute("create table " + table + " (" + columns(read, table) + ")");
            write.execute(alter);
            write.execute("checkpoint");
        }
    }

    private static String columns(Statement read, String table) throws Exception {
        try (ResultSet row =
                read.executeQuery("select string_agg(quote_ident(attname) || ' ' || format_type(atttypid, atttypmod)"
                        + " || case when attnotnull then ' not null' else '' end, ', ' order by attnum) || ', '"
                        + " || (select pg_get_constraintdef(oid) from pg_constraint where conrelid = '" + table
                        + "'::regclass and contype = 'p')"
                        + " from pg_attribute where attrelid = '" + table + "'::regclass and attnum > 0")) {
            row.next();
            return row.getString(1);
        }
    }

    private Race.Taken pipe(String table) throws Exception {
        String psql = "psql -X -q -h 127.0.0.1 -U " + source.user() + " -d postgres -p ";
        String command = "set -o pipefail; " + psql + source.port() + " -c 'copy " + table
                + " to stdout (format binary)' | " + psql + target.port() + " -c 'copy " + table
                + " from stdin (format binary)'";
        return race.measure(new ProcessBuilder("bash", "-c", command));
    }

    private Race.Taken godwit(String table) throws Exception {
        Path job = folder.resolve("job.yaml");
        Files.writeString(
                job, connection("source", source) + connection("target", target) + """
                kind: Job
                name: benchmark
                steps:
                  - name: copy
                    migrate:
                      from: { connection: source, tables: [public.%s] }
                      to: { connection: target, table: public.%s }
                """.formatted(table, table));
        return race.godwit(job, Map.of());
    }

    private String connection(String name, EmbeddedPostgres server) {
        return """
                kind: Connection
                name: %s
                type: postgresql
                host: 127.0.0.1
                port: %d
                database: postgres
                user: %s
                ---
                """.formatted(name, server.port(), server.user());
    }

    private void check(String table) throws Exception {
        try (Connection from = source.connect("postgres");
                Connection to = target.connect("postgres");
                ResultSet expected = from.createStatement().executeQuery("select count(*) from " + table);
                ResultSet actual = to.createStatement()
                        .executeQuery("select count(*), (select count(*) from pg_index where indrelid = '" + table
                                + "'::regclass and indisprimary) from " + table)) {
            expected.next();
            actual.next();
            if (expected.getLong(1) != actual.getLong(1) || actual.getInt(2) != 1) {
                throw new IllegalStateException(
                        table + ": " + actual.getLong(1) + " rows, " + actual.getInt(2) + " primary keys arrived");
            }
        }
    }
}
