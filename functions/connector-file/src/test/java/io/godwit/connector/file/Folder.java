package io.godwit.connector.file;

import io.godwit.connector.Means;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.connector.file.store.Paths;
import io.godwit.connector.kit.SampleTable;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Connection.Limits;
import io.godwit.core.table.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder of its own for a test class, gone when the process ends. */
final class Folder {
    private final Path path;
    private final Map<String, String> options;

    Folder(Map<String, String> options) {
        this.options = new TreeMap<>(options);
        try {
            path = Files.createTempDirectory("godwit-files-").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::delete));
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    Connection connection() {
        return new Connection(
                "files", "file", null, null, path.toString(), null, null, options, Limits.NONE, List.of());
    }

    static Means means() {
        return new Means(reference -> reference, Path.of("/"), Path.of("/"));
    }

    Source source() {
        return new FileConnector().source(connection(), means());
    }

    Sink sink() {
        return new FileConnector().sink(connection(), means(), ControlStoreServer.ledgers());
    }

    TableName tableName(String name) {
        return new TableName(path.toString(), null, name);
    }

    Path write(String name, String content) {
        return write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Path write(String name, byte[] content) {
        try {
            Path file = path.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every file there is, hidden ones too. */
    List<String> files() {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> path.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it is a manifest, or named in the one of its folder. */
    boolean isListed(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        if (name.equals(Manifest.NAME)) {
            return true;
        }
        Path manifest = path.resolve(file).resolveSibling(Manifest.NAME);
        try {
            return Files.exists(manifest)
                    && Manifest.read(Files.readAllBytes(manifest)).files().stream()
                            .anyMatch(part -> part.path().equals(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sample as a CSV file, its types in a schema beside it. */
    void create(SampleTable sample) {
        String name = Paths.encode(sample.name().name());
        String columns = sample.columns().stream()
                .map(column -> "{\"name\": " + json(column.name()) + ", \"type\": " + json(type(column.type())) + "}")
                .collect(Collectors.joining(", "));
        write(name + "_schema.json", "{\"version\": 1, \"columns\": [" + columns + "]}");
        write(
                name + ".csv",
                sample.columns().stream().map(column -> csv(column.name())).collect(Collectors.joining(",", "", "\n"))
                        + rows(sample));
    }

    void insert(SampleTable sample) {
        Path file = path.resolve(Paths.encode(sample.name().name()) + ".csv");
        try {
            Files.writeString(file, Files.readString(file) + rows(sample));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String rows(SampleTable sample) {
        return sample.rows().stream()
                .map(row -> row.stream().map(Folder::csv).collect(Collectors.joining(",", "", "\n")))
                .collect(Collectors.joining());
    }

    private static String type(String words) {
        return words.replaceFirst(" COLLATE .*", "");
    }

    private static String csv(@Nullable String value) {
        return value == null ? "" : '"' + value.replace("\"", "\"\"") + '"';
    }

    private static String json(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c < ' ' || c == '"' || c == '\\') {
                json.append(String.format("\\u%04x", c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }
}
