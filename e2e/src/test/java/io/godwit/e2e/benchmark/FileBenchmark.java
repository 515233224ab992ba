package io.godwit.e2e.benchmark;

import io.godwit.embedded.EmbeddedPostgres;
import java.io.IOException;
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
import java.util.stream.Stream;

/**
 * As {@link Benchmark}, between files and PostgreSQL: {@code COPY FROM} a file of CSV with its types declared, and
 * {@code COPY TO} one.
 *
 * <p>And from PostgreSQL to Parquet, which has no such counterpart: beside it stand the same rows, read by COPY and
 * thrown away, which nobody who reads them by COPY is faster than.
 *
 * <pre>e2e/benchmark files [ROWS-IN-MILLIONS] [ROUNDS] [in|out|parquet]</pre>
 */
public final class FileBenchmark {
    private static final String SCHEMA = """
            {"version": 1, "columns": [
              {"name": "id", "type": "int8"}, {"name": "a", "type": "int4"}, {"name": "b", "type": "int4"},
              {"name": "c", "type": "int2"}, {"name": "amount", "type": "numeric(12,2)"}, {"name": "ratio", "type": "float8"},
              {"name": "ok", "type": "bool"}, {"name": "day", "type": "date"}, {"name": "at", "type": "timestamptz"},
              {"name": "name", "type": "varchar(40)"}, {"name": "note", "type": "text"}, {"name": "code", "type": "char(8)"}]}
            """;

    private final EmbeddedPostgres postgres;
    private final Path folder;
    private final Race race;

    private FileBenchmark(EmbeddedPostgres postgres, Path folder) {
        this.postgres = postgres;
        this.folder = folder;
        this.race = new Race(folder, Map.of("postgresql", postgres.pid()));
    }

    public static void main(String... args) throws Exception {
        long rows = (long) ((args.length > 0 ? Double.parseDouble(args[0]) : 5) * 1_000_000);
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        String only = args.length > 2 ? args[2] : "";
        Path folder = Files.createTempDirectory("godwit-benchmark");
        try (EmbeddedPostgres postgres = Benchmark.server()) {
            FileBenchmark benchmark = new FileBenchmark(postgres, folder);
            benchmark.load(rows);
            if ("in".startsWith(only)) {
                benchmark.in(rows, rounds);
            }
            if ("out".startsWith(only)) {
                benchmark.out(rounds);
            }
            if ("parquet".startsWith(only)) {
                benchmark.parquet(rounds);
            }
        } finally {
            Race.delete(folder);
        }
    }

    private void load(long rows) throws Exception {
        Files.createDirectories(folder.resolve("files/lake"));
        Files.writeString(folder.resolve("files/mixed_schema.json"), SCHEMA);
        execute(Benchmark.MIXED, String.format(Locale.ROOT, Benchmark.MIXED_ROWS, rows), "vacuum analyze mixed");
        race.measure(psql("\\copy mixed to " + folder.resolve("files/mixed.csv") + " (format csv, header)"));
        System.out.printf(
                Locale.ROOT,
                "%d processors, %,d rows of 12 columns, %,d MB of CSV%n",
                Runtime.getRuntime().availableProcessors(),
                rows,
                Files.size(folder.resolve("files/mixed.csv")) / 1_000_000);
    }

    private void in(long rows, int rounds) throws Exception {
        execute("drop table if exists loaded", Benchmark.MIXED.replace("table mixed", "table loaded"));
        List<Race.Taken> pipes = new ArrayList<>();
        List<Race.Taken> runs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            execute("drop table loaded", Benchmark.MIXED.replace("table mixed", "table loaded"), "checkpoint");
            pipes.add(race.measure(
                    psql("\\copy loaded from " + folder.resolve("files/mixed.csv") + " (format csv, header)")));
            check(rows);
            execute("drop table loaded", "checkpoint");
            runs.add(godwit("""
                    from: { connection: files, tables: [mixed] }
                    to: { connection: server, table: public.loaded }"""));
            check(rows);
        }
        Race.report("CSV to PostgreSQL, the target created", pipes, runs);
    }

    private void out(int rounds) throws Exception {
        List<Race.Taken> pipes = new ArrayList<>();
        List<Race.Taken> runs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            pipes.add(race.measure(psql("\\copy mixed to " + folder.resolve("out.csv") + " (format csv, header)")));
            Files.delete(folder.resolve("out.csv"));
            runs.add(godwit("""
                    from: { connection: server, tables: [public.mixed] }
                    to: { connection: files, table: out, mode: swap }"""));
            execute("checkpoint");
        }
        Race.report("PostgreSQL to CSV", pipes, runs);
    }

    private void parquet(int rounds) throws Exception {
        List<Race.Taken> readings = new ArrayList<>();
        List<Race.Taken> runs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            readings.add(race.measure(psql("\\copy (select * from mixed) to /dev/null (format binary)")));
            runs.add(godwit("""
                    from: { connection: server, tables: [public.mixed] }
                    to: { connection: lake, table: out, mode: swap }"""));
            execute("checkpoint");
        }
        Race.report("PostgreSQL to Parquet, beside the same rows read and thrown away", readings, runs);
        long rows = count();
        long bytes = size("select sum(pg_column_size(m.*)) from mixed m");
        System.out.printf(
                Locale.ROOT,
                "  %,d rows, %,d MB in the table, %,d MB of Parquet; median %.0f MB/s of the table's, %.0f MB/s when thrown away%n",
                rows,
                bytes / 1_000_000,
                written() / 1_000_000,
                bytes / 1e6 / Race.medianSeconds(runs),
                bytes / 1e6 / Race.medianSeconds(readings));
    }

    private long count() throws SQLException {
        return size("select count(*) from mixed");
    }

    private long size(String query) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private long written() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("files/lake/out"))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private ProcessBuilder psql(String command) {
        return new ProcessBuilder(
                "psql",
                "-X",
                "-q",
                "-h",
                "127.0.0.1",
                "-U",
                postgres.user(),
                "-d",
                "postgres",
                "-p",
                String.valueOf(postgres.port()),
                "-c",
                command);
    }

    private Race.Taken godwit(String migrate) throws Exception {
        String text =
                """
                kind: Connection
                name: files
                type: file
                database: %s
                ---
                kind: Connection
                name: lake
                type: file
                database: %s
                options: { format: parquet }
                ---
                kind: Connection
                name: server
                type: postgresql
                host: 127.0.0.1
                port: %d
                database: postgres
                user: %s
                ---
                kind: Job
                name: files
                steps:
                  - name: copy
                    migrate:
                """.formatted(folder.resolve("files"), folder.resolve("files/lake"), postgres.port(), postgres.user())
                        + migrate.indent(6);
        return race.godwit(Files.writeString(folder.resolve("job.yaml"), text), Map.of());
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void check(long rows) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*), count(note) from loaded")) {
            row.next();
            if (row.getLong(1) != rows) {
                throw new IllegalStateException(row.getLong(1) + " rows of " + rows + " arrived");
            }
        }
    }
}
