package io.godwit.e2e.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** In a folder of this machine. */
class WrittenFolder extends WrittenFiles {
    private final Path folder;
    private final String format;

    /** @param format the word, and other options behind it */
    WrittenFolder(Path folder, String format) {
        this.folder = folder;
        this.format = format;
    }

    @Override
    public void create() throws IOException {
        Files.createDirectories(folder);
    }

    @Override
    public String document() {
        return """
                kind: Connection
                name: target
                type: file
                database: %s
                options: { format: %s }
                ---
                """.formatted(folder, format);
    }

    @Override
    Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }
}
