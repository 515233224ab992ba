package io.godwit.connector.file.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A folder of this machine. Symbolic links are not followed: below the root they are not there. */
public final class DiskStore implements FileStore {
    private static final int BUFFER = 256 << 10;

    private final Path root;

    /** @param root absolute */
    public DiskStore(Path root) {
        this.root = root;
    }

    @Override
    public String product() throws IOException {
        if (!Files.isDirectory(root)) {
            throw new NoSuchFileException(root.toString());
        }
        if (!Files.isReadable(root) || !Files.isExecutable(root)) {
            throw new AccessDeniedException(root.toString());
        }
        return "folder " + root;
    }

    @Override
    public String place(String folder) throws IOException {
        Path named = resolve(folder);
        Path existing = named;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = folderOf(existing);
        }
        return existing.toRealPath()
                .resolve(existing.relativize(named))
                .normalize()
                .toString();
    }

    @Override
    public List<StoredFile> list(String folder, int most, boolean hidden) throws IOException {
        product();
        Path start = folder.isEmpty() ? root : resolve(folder);
        List<StoredFile> found = new ArrayList<>();
        if (!Files.isDirectory(start, LinkOption.NOFOLLOW_LINKS) && !folder.isEmpty()) {
            return found;
        }
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                return !visited.equals(start) && isLeftOut(visited)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile() && !isLeftOut(visited)) {
                    found.add(stored(visited, attributes));
                }
                if (found.size() > most) {
                    throw new UnfitFilesException("more than " + most + " files are below " + start);
                }
                return FileVisitResult.CONTINUE;
            }

            private boolean isLeftOut(Path visited) {
                return !hidden && visited.getFileName().toString().startsWith(".");
            }
        });
        found.sort(Comparator.comparing(StoredFile::path));
        return found;
    }

    @Override
    public Optional<StoredFile> find(String path) throws IOException {
        Path file = resolve(path);
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(stored(file, Files.readAttributes(file, BasicFileAttributes.class)))
                : Optional.empty();
    }

    private StoredFile stored(Path file, BasicFileAttributes attributes) {
        return new StoredFile(
                root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/"),
                attributes.size(),
                attributes.size() + "-" + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) + "-"
                        + attributes.fileKey());
    }

    @Override
    public InputStream open(String path, long first, long length) throws IOException {
        FileChannel channel = FileChannel.open(resolve(path), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        channel.position(first);
        return new BufferedInputStream(new FirstBytes(Channels.newInputStream(channel), length), BUFFER);
    }

    @Override
    public NewFile create(String path) throws IOException {
        Path file = resolve(path);
        Files.createDirectories(folderOf(file));
        return new DiskFile(file);
    }

    @Override
    public void put(String path, byte[] content) throws IOException {
        String aside = path + "." + UUID.randomUUID();
        try (NewFile file = create(aside)) {
            file.write(content);
            file.finish();
        }
        move(aside, path);
    }

    @Override
    public void move(String from, String to) throws IOException {
        Path source = resolve(from);
        Path target = resolve(to);
        Files.createDirectories(folderOf(target));
        try {
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
        force(folderOf(target));
    }

    @Override
    public void delete(String path) throws IOException {
        Files.deleteIfExists(resolve(path));
    }

    @Override
    public void deleteFolder(String path) throws IOException {
        Path folder = resolve(path);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path visited, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // somebody else takes the folder away too
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path visited, java.io.@org.jspecify.annotations.Nullable IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public void close() {}

    /** The file below the root, whose folder does not lead out of it by a link. */
    private Path resolve(String path) throws IOException {
        Path file = root.resolve(Paths.check(path));
        Path real = root.toRealPath();
        Path existing = file.getParent();
        while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        if (existing == null || !existing.toRealPath().startsWith(real)) {
            throw new AccessDeniedException(path, null, "a symbolic link leads out of the connection's folder");
        }
        return file;
    }

    private static Path folderOf(Path file) {
        return Objects.requireNonNull(file.getParent(), "a file lies below the root");
    }

    /** So that the folder's own entries outlive a loss of power. */
    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static final class DiskFile extends NewFile {
        private final Path path;
        private final FileChannel channel;
        private final OutputStream out;
        private boolean finished;

        DiskFile(Path path) throws IOException {
            this.path = path;
            this.channel = FileChannel.open(
                    path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
        }

        @Override
        protected void append(byte[] from, int offset, int length) throws IOException {
            out.write(from, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void finish() throws IOException {
            out.flush();
            channel.force(true);
            force(folderOf(path));
            finished = true;
        }

        @Override
        public void close() throws IOException {
            channel.close();
            if (!finished) {
                Files.deleteIfExists(path);
            }
        }
    }
}
