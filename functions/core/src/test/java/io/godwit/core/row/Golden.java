package io.godwit.core.row;

import io.godwit.core.type.LogicalType;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** One folder under {@code schemas/batch/golden/}. */
record Golden(String name, List<WireColumn> columns, List<byte[]> rows, List<byte[]> batches, Properties facts) {

    static final Path FOLDER = Path.of("..", "..", "schemas", "batch", "golden");

    static Stream<Golden> all() {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders
                    .filter(folder -> Files.exists(folder.resolve("rows.hex")))
                    .map(Golden::read)
                    .toList()
                    .stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Golden read(Path folder) {
        try {
            List<WireColumn> columns = Files.readAllLines(folder.resolve("columns.txt")).stream()
                    .map(line -> line.split("\t", 2))
                    .map(parts -> new WireColumn(parts[0], LogicalType.parse(parts[1])))
                    .toList();
            List<byte[]> rows = Files.readAllLines(folder.resolve("rows.hex")).stream()
                    .map(Golden::bytes)
                    .toList();
            List<byte[]> batches = new ArrayList<>();
            for (Path file = folder.resolve("batch-0.hex"); Files.exists(file); ) {
                batches.add(bytes(Files.readString(file)));
                file = folder.resolve("batch-" + batches.size() + ".hex");
            }
            Properties facts = new Properties();
            try (Reader reader = Files.newBufferedReader(folder.resolve("facts.properties"))) {
                facts.load(reader);
            }
            return new Golden(folder.getFileName().toString(), columns, rows, batches, facts);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("#[^\n]*", "").replaceAll("\\s", ""));
    }

    int fact(String key) {
        return Integer.parseInt(facts.getProperty(key));
    }

    @Override
    public String toString() {
        return name;
    }
}
