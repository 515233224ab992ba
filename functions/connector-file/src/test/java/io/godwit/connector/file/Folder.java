package io.godwit.connector.file;

import io.godwit.connector.Means;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.connector.file.store.FileStore;
import io.godwit.connector.file.store.Paths;
import io.godwit.connector.file.store.StoredFile;
import io.godwit.connector.kit.SampleTable;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Connection.Limits;
import io.godwit.core.table.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder of its own for a test class, in one of the places that files have. */
public final class Folder {
    private final FileConnector connector;
    private final Connection connection;

    /** Of this machine, gone when the process ends. */
    public Folder(Map<String, String> options) {
        this(
                new FileConnector(),
                new Connection("files", "file", null, null, temporary(), null, null, options, Limits.NONE, List.of()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(path())));
    }

    public Folder(FileConnector connector, Connection connection) {
        this.connector = connector;
        this.connection = connection;
    }

    private static String temporary() {
        try {
            return Files.createTempDirectory("godwit-files-").toRealPath().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a folder of this machine. */
    Path path() {
        return Path.of(connection.database());
    }

    FileConnector connector() {
        return connector;
    }

    Connection connection() {
        return connection;
    }

    static Means means() {
        return new Means(reference -> reference, Path.of("/"), Path.of("/"));
    }

    Source source() {
        return connector.source(connection, means());
    }

    Sink sink() {
        return connector.sink(connection, means(), ControlStoreServer.ledgers());
    }

    TableName tableName(String name) {
        return new TableName(connection.database(), null, name);
    }

    Path write(String name, String content) {
        return write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Path write(String name, byte[] content) {
        at(store -> {
            store.put(name, content);
            return name;
        });
        return path().resolve(name);
    }

    private byte[] content(String name) {
        return at(store -> {
            try (InputStream in = store.open(name, 0, Long.MAX_VALUE)) {
                return in.readAllBytes();
            }
        });
    }

    /** Every file there is, hidden ones too. */
    List<String> files() {
        return at(store -> store.list("", Integer.MAX_VALUE, true).stream()
                .map(StoredFile::path)
                .toList());
    }

    /** Whether it is a manifest, or named in the one of its folder. */
    boolean isListed(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        if (name.equals(Manifest.NAME)) {
            return true;
        }
        return Tables.foldersOf(file).stream().anyMatch(folder -> lists(folder, file));
    }

    private boolean lists(String folder, String file) {
        String manifest = folder + "/" + Manifest.NAME;
        return at(store -> store.find(manifest).isPresent()
                && Manifest.read(content(manifest)).files().stream()
                        .anyMatch(part -> file.equals(folder + "/" + part.path())));
    }

    private interface Work<T> {
        T at(FileStore store) throws IOException;
    }

    private <T> T at(Work<T> work) {
        try (FileStore store = connector.store(connection, means())) {
            return work.at(store);
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
        String file = Paths.encode(sample.name().name()) + ".csv";
        write(file, new String(content(file), StandardCharsets.UTF_8) + rows(sample));
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
