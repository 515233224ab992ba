package io.godwit.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.CRC32;

/** The broker as a Java program: its jars, and an archive of its classes that halves the time it takes to start. */
final class BrokerProgram {

    private static final String MAIN_CLASS = BrokerMain.class.getName();
    private static final String MAIN_JAR = "main.jar";

    private final Path jars;
    private final List<String> names;

    private BrokerProgram(Path jars, List<String> names) {
        this.jars = jars;
        this.names = names;
    }

    /** Finds the jars in the cache, or unpacks them there. */
    static BrokerProgram unpacked() {
        byte[] classpath = resource("broker/classpath");
        byte[] main = resource("BrokerMain.class");
        CRC32 checksum = new CRC32();
        checksum.update(classpath);
        checksum.update(main);
        List<String> names = List.of(new String(classpath, StandardCharsets.UTF_8)
                .strip()
                .replace("./", "")
                .split(":"));
        Path jars = Cache.get("kafka-%08x".formatted(checksum.getValue()), directory -> {
            for (String name : names) {
                try (InputStream jar = open("broker/" + name)) {
                    Files.copy(jar, directory.resolve(name));
                }
            }
            // A jar, as a class archive knows no directories.
            try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(directory.resolve(MAIN_JAR)))) {
                jar.putNextEntry(new JarEntry(MAIN_CLASS.replace('.', '/') + ".class"));
                jar.write(main);
            }
        });
        return new BrokerProgram(jars, names);
    }

    /**
     * How to run it.
     *
     * @param record where to write the archive of classes at the end, if there is none yet
     */
    List<String> command(Path record, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-XX:-UsePerfData"));
        // An archive that does not fit is passed over, without a word.
        command.addAll(List.of("-Xshare:auto", "-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
        command.add((isRecorded() ? "-XX:SharedArchiveFile=" + archive() : "-XX:ArchiveClassesAtExit=" + record));
        command.addAll(List.of(
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSZ"));
        command.addAll(List.of("-cp", classPath(), MAIN_CLASS));
        command.addAll(arguments);
        return command;
    }

    boolean isRecorded() {
        return Files.exists(archive());
    }

    /** Keeps a recorded archive for later starts, if the broker made one. */
    void keep(Path record) {
        if (!Files.exists(record)) {
            return;
        }
        try {
            Path copy = Files.createTempFile(jars, "java", ".new");
            Files.copy(record, copy, StandardCopyOption.REPLACE_EXISTING);
            Files.move(copy, archive(), StandardCopyOption.ATOMIC_MOVE);
            Files.delete(record);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep " + archive(), e);
        }
    }

    private String classPath() {
        List<String> paths = new ArrayList<>();
        paths.add(jars.resolve(MAIN_JAR).toString());
        names.forEach(name -> paths.add(jars.resolve(name).toString()));
        return String.join(":", paths);
    }

    // For one virtual machine only, and for these very files: it goes when they go.
    private Path archive() {
        String java = System.getProperty("java.vm.version").replaceAll("[^A-Za-z0-9.]+", "-");
        return jars.resolve("java-" + java + ".jsa");
    }

    private static byte[] resource(String name) {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    private static InputStream open(String name) {
        InputStream in = BrokerProgram.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException("no " + name + " beside " + MAIN_CLASS
                    + ": build the module `embedded` with Maven, which puts it there");
        }
        return in;
    }
}
