package io.godwit.connector.file.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.ChannelSftp.LsEntry;
import com.jcraft.jsch.ChannelSftp.LsEntrySelector;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import io.godwit.connector.file.store.FileStore;
import io.godwit.connector.file.store.FirstBytes;
import io.godwit.connector.file.store.NewFile;
import io.godwit.connector.file.store.Paths;
import io.godwit.connector.file.store.StoredFile;
import io.godwit.connector.file.store.UnfitFilesException;
import io.godwit.core.port.SecretResolver;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A folder of a server. Logs in at the first question. Symbolic links are not followed: below the folder they are not
 * there. What tells one content of a file from another are its size and the second in which it was written.
 */
final class SftpStore implements FileStore {
    private static final int BUFFER = 256 << 10;
    private static final int SMALL = 256 << 10;

    private final SftpEndpoint endpoint;
    private final SecretResolver secrets;
    private @Nullable Session session;
    private @Nullable ChannelSftp channel;
    private @Nullable String root;

    SftpStore(SftpEndpoint endpoint, SecretResolver secrets) {
        this.endpoint = endpoint;
        this.secrets = secrets;
    }

    @FunctionalInterface
    private interface Call<T> {
        T ask(ChannelSftp channel) throws SftpException, IOException;
    }

    private <T> T call(String path, Call<T> call) throws IOException {
        try {
            return call.ask(channel());
        } catch (SftpException e) {
            throw failed(path, e);
        }
    }

    private static IOException failed(String path, SftpException e) {
        return switch (e.id) {
            case ChannelSftp.SSH_FX_NO_SUCH_FILE -> new NoSuchFileException(path);
            case ChannelSftp.SSH_FX_PERMISSION_DENIED -> new AccessDeniedException(path, null, e.getMessage());
            default -> new IOException(path + ": " + e.getMessage(), e);
        };
    }

    private ChannelSftp channel() throws IOException {
        ChannelSftp open = channel;
        if (open == null || open.isClosed()) {
            open = newChannel();
            channel = open;
        }
        return open;
    }

    /** Each stream has one of its own: a channel answers in order. */
    private ChannelSftp newChannel() throws IOException {
        Session open = session;
        if (open == null || !open.isConnected()) {
            open = endpoint.open(secrets);
            session = open;
        }
        try {
            ChannelSftp made = (ChannelSftp) open.openChannel("sftp");
            made.connect();
            return made;
        } catch (JSchException e) {
            throw new IOException(endpoint.host() + ": " + e.getMessage(), e);
        }
    }

    /** The folder, without links. */
    private String root() throws IOException {
        String known = root;
        if (known == null) {
            known = call(endpoint.folder(), open -> open.realpath(endpoint.folder()));
            root = known;
        }
        return known;
    }

    @Override
    public String product() throws IOException {
        boolean folder = call(endpoint.folder(), open -> open.stat(root()).isDir());
        if (!folder) {
            throw new NoSuchFileException(endpoint.folder());
        }
        return "folder " + root() + " of " + endpoint.host();
    }

    @Override
    public String place(String folder) throws IOException {
        String existing = folder;
        while (!existing.isEmpty() && attributes(existing).isEmpty()) {
            existing = existing.substring(0, Math.max(existing.lastIndexOf('/'), 0));
        }
        String named = Paths.join(root(), existing);
        String real = call(folder, open -> open.realpath(named));
        String below = folder.substring(existing.length()).replaceFirst("^/", "");
        return endpoint.server() + " " + (below.isEmpty() ? real : (real.equals("/") ? "" : real) + "/" + below);
    }

    @Override
    public List<StoredFile> list(String folder, int most, boolean hidden) throws IOException {
        product();
        List<StoredFile> found = new ArrayList<>();
        if (folder.isEmpty() || attributes(folder).map(SftpATTRS::isDir).orElse(false)) {
            list(folder, most, hidden, found);
        }
        found.sort(Comparator.comparing(StoredFile::path));
        return found;
    }

    private void list(String folder, int most, boolean hidden, List<StoredFile> found) throws IOException {
        String place = folder.isEmpty() ? root() : resolve(folder);
        List<LsEntry> entries = new ArrayList<>();
        call(folder, open -> {
            open.ls(quoted(place), entry -> {
                String name = entry.getFilename();
                if (!name.equals(".") && !name.equals("..") && (hidden || !name.startsWith("."))) {
                    entries.add(entry);
                }
                return entries.size() > most ? LsEntrySelector.BREAK : LsEntrySelector.CONTINUE;
            });
            return true;
        });
        for (LsEntry entry : entries) {
            String path = Paths.join(folder, entry.getFilename());
            if (entry.getAttrs().isDir()) {
                list(path, most, hidden, found);
            } else if (entry.getAttrs().isReg()) {
                found.add(stored(path, entry.getAttrs()));
            }
        }
        if (found.size() > most || entries.size() > most) {
            throw new UnfitFilesException("more than " + most + " files are below " + place);
        }
    }

    private static StoredFile stored(String path, SftpATTRS attributes) {
        return new StoredFile(path, attributes.getSize(), attributes.getSize() + "-" + attributes.getMTime());
    }

    @Override
    public Optional<StoredFile> find(String path) throws IOException {
        return attributes(path).filter(SftpATTRS::isReg).map(attributes -> stored(path, attributes));
    }

    private Optional<SftpATTRS> attributes(String path) throws IOException {
        try {
            String place = resolve(path);
            return Optional.of(call(path, open -> open.lstat(quoted(place))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream open(String path, long first, long length) throws IOException {
        StoredFile file = find(path).orElseThrow(() -> new NoSuchFileException(path));
        String place = resolve(path);
        if (file.bytes() <= SMALL) {
            return small(path, place, first, length);
        }
        ChannelSftp own = newChannel();
        try {
            InputStream in = new FilterInputStream(own.get(quoted(place), null, first)) {
                @Override
                public void close() {
                    own.disconnect(); // what was asked for ahead is not waited for
                }
            };
            return new BufferedInputStream(new FirstBytes(in, length), BUFFER);
        } catch (SftpException e) {
            own.disconnect();
            throw failed(path, e);
        }
    }

    /** Whole, by the channel that is open: another one costs more than the file. */
    private InputStream small(String path, String place, long first, long length) throws IOException {
        byte[] bytes = call(path, open -> {
            try (InputStream in = open.get(quoted(place))) {
                return in.readNBytes(SMALL + 1);
            }
        });
        if (bytes.length > SMALL) {
            throw new IOException(path + " grew while it was read");
        }
        int from = (int) Math.min(first, bytes.length);
        return new ByteArrayInputStream(bytes, from, (int) Math.min(length, bytes.length - from));
    }

    @Override
    public NewFile create(String path) throws IOException {
        makeFolders(path);
        String place = resolve(path);
        ChannelSftp own = newChannel();
        try {
            return new SftpFile(own, place);
        } catch (SftpException e) {
            own.disconnect();
            throw failed(path, e);
        }
    }

    @Override
    public void put(String path, byte[] content) throws IOException {
        makeFolders(path);
        String aside = path + "." + UUID.randomUUID();
        String place = resolve(aside);
        call(path, open -> {
            open.put(new ByteArrayInputStream(content), quoted(place), ChannelSftp.OVERWRITE);
            return true;
        });
        move(aside, path);
    }

    /** By the extension that replaces a file in one step, which OpenSSH's server and most others know. */
    @Override
    public void move(String from, String to) throws IOException {
        makeFolders(to);
        String source = resolve(from);
        String target = resolve(to);
        try {
            call(from, open -> {
                open.rename(quoted(source), quoted(target));
                return true;
            });
        } catch (NoSuchFileException e) {
            if (find(to).isEmpty()) {
                throw e;
            }
        }
    }

    @Override
    public void delete(String path) throws IOException {
        try {
            String place = resolve(path);
            call(path, open -> {
                open.rm(quoted(place));
                return true;
            });
        } catch (NoSuchFileException e) {
            // Nothing is to be done.
        }
    }

    @Override
    public void deleteFolder(String path) throws IOException {
        if (!attributes(path).map(SftpATTRS::isDir).orElse(false)) {
            return;
        }
        String place = resolve(path);
        List<LsEntry> entries = new ArrayList<>();
        try {
            call(path, open -> entries.addAll(open.ls(quoted(place))));
            for (LsEntry entry : entries) {
                String name = entry.getFilename();
                if (name.equals(".") || name.equals("..")) {
                    continue;
                }
                if (entry.getAttrs().isDir()) {
                    deleteFolder(Paths.join(path, name));
                } else {
                    delete(Paths.join(path, name));
                }
            }
            call(path, open -> {
                open.rmdir(quoted(place));
                return true;
            });
        } catch (NoSuchFileException e) {
            // Somebody else takes the folder away too.
        }
    }

    private void makeFolders(String path) throws IOException {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String folder = path.substring(0, slash);
            if (attributes(folder).isEmpty()) {
                String place = resolve(folder);
                try {
                    call(folder, open -> {
                        open.mkdir(quoted(place));
                        return true;
                    });
                } catch (IOException e) {
                    if (attributes(folder).isEmpty()) { // else somebody else made it
                        throw e;
                    }
                }
            }
        }
    }

    /** The place on the server, whose folder does not lead out of the root by a link. */
    private String resolve(String path) throws IOException {
        String place = root() + "/" + Paths.check(path);
        String folder = place.substring(0, place.lastIndexOf('/'));
        if (!folder.equals(root())) {
            String real = call(path, open -> open.realpath(folder));
            if (!real.equals(root()) && !real.startsWith(root().equals("/") ? "/" : root() + "/")) {
                throw new AccessDeniedException(path, null, "a symbolic link leads out of the connection's folder");
            }
        }
        return place;
    }

    /** The client takes patterns: what is special in them is escaped. */
    private static String quoted(String place) {
        return place.replaceAll("[\\\\*?]", "\\\\$0");
    }

    @Override
    public void close() {
        if (session != null) {
            session.disconnect();
        }
    }

    private static final class SftpFile extends NewFile {
        private final ChannelSftp channel;
        private final String place;
        private final OutputStream out;
        private boolean finished;

        SftpFile(ChannelSftp channel, String place) throws SftpException {
            this.channel = channel;
            this.place = place;
            this.out = new BufferedOutputStream(channel.put(quoted(place), ChannelSftp.OVERWRITE), BUFFER);
        }

        @Override
        protected void append(byte[] from, int offset, int length) throws IOException {
            out.write(from, offset, length);
        }

        /** Ends when the server has acknowledged every byte; when it forces them to its disk is its own affair. */
        @Override
        public void finish() throws IOException {
            out.close();
            finished = true;
        }

        @Override
        public void close() throws IOException {
            try {
                if (!finished) {
                    try {
                        out.close();
                    } finally {
                        channel.rm(quoted(place));
                    }
                }
            } catch (SftpException e) {
                throw failed(place, e);
            } finally {
                channel.disconnect();
            }
        }
    }
}
