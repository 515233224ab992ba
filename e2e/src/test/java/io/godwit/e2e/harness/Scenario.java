package io.godwit.e2e.harness;

import io.godwit.connector.file.s3.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder under {@code e2e/scenarios}: {@code job.yaml}, and jobs that are run after it, in the order of their names;
 * {@code CONNECTION.sql} or {@code CONNECTION.DATABASE.sql} for each database, {@code CONNECTION.mariadb.sql} for the
 * one that a connection has in MariaDB, {@code CONNECTION.folder.yaml} for what the connection of an empty folder says
 * besides; {@code source-later.sql} between a first and a second run; {@code compare.txt}, whose lines are
 * {@code [CONNECTION/DATABASE] query ++ ... | target query}.
 */
public record Scenario(Path folder) {
    private static final Pattern SCRIPT = Pattern.compile("(source|target|shard-\\d+)(?:\\.(\\w+))?\\.sql");
    private static final Pattern FOLDER = Pattern.compile("([a-z]+)\\.(folder|bucket)\\.yaml");
    private static final Pattern QUERY = Pattern.compile("(?:\\[([^/]+)/([^]]+)] )?(.*)");

    public static List<Scenario> all() {
        try (Stream<Path> folders = Files.list(Path.of("scenarios"))) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(Scenario::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the databases, and writes the job files with their connections. */
    public List<Path> prepare(Servers servers, Path home) throws SQLException, IOException {
        Set<String> connections = new TreeSet<>(Set.of("target"));
        if (!isMariaDb("target")) {
            Servers.create(servers.of("target"), "target", "");
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                Matcher name = SCRIPT.matcher(file.getFileName().toString());
                if (name.matches()) {
                    connections.add(name.group(1));
                    if (isMariaDb(name.group(1))) {
                        MariaDb.create(servers.mariaDb(), name.group(1), Files.readString(file));
                        continue;
                    }
                    String database = name.group(2) == null ? name.group(1) : name.group(2);
                    Servers.create(servers.of(name.group(1)), database, Files.readString(file));
                }
            }
        }
        StringBuilder text = new StringBuilder(folders(home));
        for (String connection : connections) {
            text.append(
                    isMariaDb(connection)
                            ? servers.mariaDbDocument(connection, connection)
                            : servers.document(connection, connection.startsWith("shard") ? "postgres" : connection));
        }
        List<Path> jobs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted(Comparator.comparing(Scenario::nameWithoutEnding))
                    .toList()) {
                if (file.getFileName().toString().matches("job.*\\.yaml")) {
                    Path job = Files.createDirectories(home).resolve(this + "-" + file.getFileName());
                    jobs.add(Files.writeString(job, text + Files.readString(file)));
                }
            }
        }
        return jobs;
    }

    private static String nameWithoutEnding(Path file) {
        return file.getFileName().toString().replaceFirst("\\.yaml$", "");
    }

    /** The connections of folders, and of buckets, each of one of its own. */
    private String folders(Path home) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                Matcher name = FOLDER.matcher(file.getFileName().toString());
                if (name.matches() && name.group(2).equals("bucket")) {
                    text.append(Servers.bucketDocument(name.group(1), S3Server.create() + "/godwit")
                            + Files.readString(file) + "---\n");
                } else if (name.matches()) {
                    Path made = Files.createDirectories(home.resolve("folders/" + this + "/" + name.group(1)));
                    text.append("kind: Connection\nname: " + name.group(1) + "\ntype: file\ndatabase: " + made + "\n"
                            + Files.readString(file) + "---\n");
                }
            }
        }
        return text.toString();
    }

    /** The script to run in the source before a second run; null where the scenario has one run only. */
    public @org.jspecify.annotations.Nullable String later() throws IOException {
        Path file = folder.resolve("source-later.sql");
        return Files.exists(file) ? Files.readString(file) : null;
    }

    /** One comparison: what the sources hold, sorted, and what the target holds. */
    public record Sides(String query, List<String> expected, List<String> actual) {}

    public List<Sides> sides(Servers servers) throws SQLException, IOException {
        List<Sides> sides = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("compare.txt"))) {
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            String[] halves = line.split(" \\| ", -1);
            List<String> expected = new ArrayList<>();
            for (String source : halves[0].split(" \\+\\+ ", -1)) {
                Matcher query = QUERY.matcher(source);
                if (!query.matches()) {
                    throw new IllegalArgumentException(line);
                }
                boolean named = query.group(1) != null;
                String connection = named ? query.group(1) : "source";
                expected.addAll(rows(servers, connection, named ? query.group(2) : connection, query.group(3)));
            }
            expected.sort(null);
            sides.add(new Sides(halves[1], expected, rows(servers, "target", "target", halves[1])));
        }
        return sides;
    }

    private List<String> rows(Servers servers, String connection, String database, String query) throws SQLException {
        return isMariaDb(connection)
                ? MariaDb.rows(servers.mariaDb(), database, query)
                : Servers.rows(servers.of(connection), database, query);
    }

    private boolean isMariaDb(String connection) {
        return Files.exists(folder.resolve(connection + ".mariadb.sql"));
    }

    @Override
    public String toString() {
        return folder.getFileName().toString();
    }
}
