package io.godwit.e2e.benchmark;

import io.godwit.e2e.harness.MariaDb;
import io.godwit.embedded.EmbeddedMariaDb;
import io.godwit.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * As {@link Benchmark}, between MariaDB and PostgreSQL: {@code mariadb -q | psql COPY}, {@code psql COPY | LOAD DATA},
 * and many shards into one table, which the pipe takes one after another. Commits of both servers are durable.
 *
 * <pre>e2e/benchmark mariadb [ROWS-IN-MILLIONS] [ROUNDS] [out|in|shards]</pre>
 */
@SuppressWarnings("InlineFormatString") // the data, where a reader looks for it
public final class MariaDbBenchmark {
    private static final int SHARDS = 32;

    private static final String PG_TABLE = """
            create table mixed (
                id bigint primary key, a integer not null, b integer, c smallint, amount numeric(12,2), ratio double precision,
                ok smallint, day date, at timestamp, name varchar(40), note text, code char(8))""";
    private static final String TABLE = """
            create table mixed (
                id bigint primary key, a integer not null, b integer, c smallint, amount decimal(12,2), ratio double,
                ok tinyint(1), day date, at datetime(6), name varchar(40), note text, code char(8))""";
    private static final String ROWS = """
            insert into mixed select seq, seq %% 1000, (seq * 7) %% 100000, seq %% 100, (seq %% 1000000) / 100, seq / 3e0, seq %% 2 = 0,
                date '2000-01-01' + interval seq %% 8000 day, timestamp '2026-01-01 00:00:00' + interval seq second,
                concat('name ', seq), if(seq %% 10 = 0, null, concat('a note on row ', seq)), lpad(seq %% 99999999, 8, '0')
            from seq_%d_to_%d""";

    private final EmbeddedMariaDb mariadb;
    private final EmbeddedPostgres postgres;
    private final Path folder;
    private final Race race;

    private MariaDbBenchmark(EmbeddedMariaDb mariadb, EmbeddedPostgres postgres, Path folder) {
        this.mariadb = mariadb;
        this.postgres = postgres;
        this.folder = folder;
        this.race = new Race(folder, Map.of("mariadb", mariadb.pid(), "postgresql", postgres.pid()));
    }

    public static void main(String... args) throws Exception {
        long rows = (long) ((args.length > 0 ? Double.parseDouble(args[0]) : 5) * 1_000_000);
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        String only = args.length > 2 ? args[2] : "";
        Path folder = Files.createTempDirectory("godwit-benchmark");
        try (EmbeddedMariaDb mariadb = EmbeddedMariaDb.start(true);
                EmbeddedPostgres postgres = Benchmark.server()) {
            System.out.printf(
                    Locale.ROOT,
                    "%d processors, %,d rows of 12 columns%n",
                    Runtime.getRuntime().availableProcessors(),
                    rows);
            MariaDbBenchmark benchmark = new MariaDbBenchmark(mariadb, postgres, folder);
            if (only.isEmpty() || "shards".equals(only)) {
                benchmark.shards(rows, rounds);
            }
            if (only.isEmpty() || !"shards".equals(only)) {
                benchmark.load("shop", 1, rows);
            }
            if (only.isEmpty() || "out".equals(only)) {
                benchmark.out(rows, rounds);
            }
            if (only.isEmpty() || "in".equals(only)) {
                benchmark.in(rows, rounds);
            }
        } finally {
            Race.delete(folder);
        }
    }

    private void out(long rows, int rounds) throws Exception {
        List<Race.Taken> pipes = new ArrayList<>();
        List<Race.Taken> runs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            postgres("drop table if exists mixed", PG_TABLE, "checkpoint");
            pipes.add(race.measure(shell(fromMariaDb("shop"))));
            check(rows);
            postgres("drop table mixed", "checkpoint");
            runs.add(godwit(source("shop") + target() + """
                    kind: Job
                    name: out
                    steps:
                      - name: copy
                        migrate:
                          from: { connection: shop, tables: [mixed] }
                          to: { connection: target, table: public.mixed }
                    """));
            check(rows);
        }
        Race.report("MariaDB to PostgreSQL, the target created", pipes, runs);
    }

    private void in(long rows, int rounds) throws Exception {
        postgres("drop table if exists mixed", PG_TABLE);
        race.measure(shell(fromMariaDb("shop")));
        postgres("vacuum analyze mixed");
        mariadb("", "create database if not exists loaded");
        List<Race.Taken> pipes = new ArrayList<>();
        List<Race.Taken> runs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            mariadb("loaded", "drop table if exists mixed", TABLE);
            pipes.add(race.measure(shell("set -o pipefail; " + psql("copy mixed to stdout") + " | "
                    + client("--local-infile=1 loaded", "load data local infile '/dev/stdin' into table mixed"))));
            checkLoaded(rows);
            mariadb("loaded", "drop table mixed");
            runs.add(godwit(target() + source("loaded") + """
                    kind: Job
                    name: in
                    steps:
                      - name: copy
                        migrate:
                          from: { connection: target, tables: [public.mixed] }
                          to: { connection: loaded, table: mixed }
                    """));
            checkLoaded(rows);
        }
        Race.report("PostgreSQL to MariaDB, the target created", pipes, runs);
    }

    private void shards(long rows, int rounds) throws Exception {
        StringBuilder pipe = new StringBuilder("set -e");
        long each = rows / SHARDS;
        for (int shard = 0; shard < SHARDS; shard++) {
            load("shard_" + shard, shard * each + 1, (shard + 1) * each);
            pipe.append("; ").append(fromMariaDb("shard_" + shard));
        }
        List<Race.Taken> pipes = new ArrayList<>();
        List<Race.Taken> runs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            postgres("drop table if exists mixed", PG_TABLE, "checkpoint");
            pipes.add(race.measure(shell(pipe.toString())));
            check(each * SHARDS);
            postgres("drop table mixed", "checkpoint");
            runs.add(godwit(source("shard_0") + target() + """
                    kind: Job
                    name: shards
                    steps:
                      - name: copy
                        migrate:
                          from: { connection: shard_0, databases: ["/shard_\\\\d+/"], tables: [mixed] }
                          to: { connection: target, table: public.mixed }
                    """));
            check(each * SHARDS);
        }
        Race.report(SHARDS + " shards of MariaDB to one table of PostgreSQL, the target created", pipes, runs);
    }

    private String fromMariaDb(String database) {
        return "set -o pipefail; " + client("-q -N -B " + database, "select * from mixed") + " | "
                + psql("copy mixed from stdin (null $$NULL$$)");
    }

    private String client(String options, String sql) {
        return String.join(" ", mariadb.client()) + " --no-defaults -h 127.0.0.1 -P " + mariadb.port() + " -u "
                + mariadb.user() + " " + options + " -e \"" + sql + "\"";
    }

    private String psql(String sql) {
        return "psql -X -q -h 127.0.0.1 -U " + postgres.user() + " -d postgres -p " + postgres.port() + " -c '" + sql
                + "'";
    }

    private ProcessBuilder shell(String command) {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command);
        builder.environment().put("MYSQL_PWD", mariadb.password());
        return builder;
    }

    private Race.Taken godwit(String text) throws Exception {
        return race.godwit(
                Files.writeString(folder.resolve("job.yaml"), text),
                Map.of("GODWIT_MARIADB_PASSWORD", mariadb.password()));
    }

    private String source(String database) {
        return connection(database, "mariadb", mariadb.port(), database, mariadb.user(), "env:GODWIT_MARIADB_PASSWORD");
    }

    private String target() {
        return connection("target", "postgresql", postgres.port(), "postgres", postgres.user(), null);
    }

    private static String connection(
            String name,
            String type,
            int port,
            String database,
            String user,
            @org.jspecify.annotations.Nullable String secret) {
        return """
                kind: Connection
                name: %s
                type: %s
                host: 127.0.0.1
                port: %d
                database: %s
                user: %s
                %s
                ---
                """.formatted(name, type, port, database, user, secret == null ? "" : "secret: " + secret);
    }

    private void load(String database, long first, long last) throws SQLException {
        mariadb("", "drop database if exists " + database, "create database " + database);
        mariadb(database, TABLE, String.format(Locale.ROOT, ROWS, first, last), "analyze table mixed");
    }

    private void mariadb(String database, String... statements) throws SQLException {
        try (Connection connection = MariaDb.connect(mariadb, database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void postgres(String... statements) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void check(long rows) throws SQLException {
        try (Connection connection = postgres.connect("postgres")) {
            count(connection, rows);
        }
    }

    private void checkLoaded(long rows) throws SQLException {
        try (Connection connection = MariaDb.connect(mariadb, "loaded")) {
            count(connection, rows);
        }
    }

    private static void count(Connection connection, long rows) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*), sum(ok) from mixed")) {
            row.next();
            if (row.getLong(1) != rows) {
                throw new IllegalStateException(row.getLong(1) + " rows of " + rows + " arrived");
            }
        }
    }
}
