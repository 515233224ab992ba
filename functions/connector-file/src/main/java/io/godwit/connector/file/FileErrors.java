package io.godwit.connector.file;

import io.godwit.connector.file.format.MalformedRowException;
import io.godwit.connector.file.store.UnfitFilesException;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says what a failure of a store means, in words, with a remedy. */
final class FileErrors {
    private final boolean reading;
    private final Connection connection;

    FileErrors(boolean reading, Connection connection) {
        this.reading = reading;
        this.connection = connection;
    }

    @FunctionalInterface
    interface Work<T extends @org.jspecify.annotations.Nullable Object> {
        T run() throws IOException;
    }

    <T extends @org.jspecify.annotations.Nullable Object> T during(String doing, Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw of(e, doing);
        } catch (IllegalArgumentException e) {
            throw error(reading ? ErrorCode.SOURCE_REFUSED : ErrorCode.SINK_REFUSED, doing, e, "Mend the name.");
        }
    }

    private GodwitException of(IOException e, String doing) {
        if (e instanceof MalformedRowException) {
            return error(ErrorCode.ROW_NOT_CONVERTIBLE, doing, e, "Mend the file, or declare its columns.");
        }
        if (e instanceof UnfitFilesException) {
            return error(reading ? ErrorCode.SOURCE_REFUSED : ErrorCode.SINK_REFUSED, doing, e, "Mend what it says.");
        }
        if (e instanceof NoSuchFileException) {
            return error(
                    reading ? ErrorCode.SOURCE_LOGIN_REFUSED : ErrorCode.SINK_LOGIN_REFUSED,
                    doing + ": no such file or folder",
                    e,
                    "Make it, or check database in the connection: it names the folder, or the bucket, which must be there.");
        }
        if (e instanceof ConnectException || e instanceof UnknownHostException) {
            return error(
                    reading ? ErrorCode.SOURCE_UNREACHABLE : ErrorCode.SINK_UNREACHABLE,
                    doing + ": no connection to " + connection.host(),
                    e,
                    "Check host and port in the connection, that the server runs, and that the network lets it through.");
        }
        if (e instanceof AccessDeniedException) {
            return error(
                    reading ? ErrorCode.SOURCE_LOGIN_REFUSED : ErrorCode.SINK_LOGIN_REFUSED,
                    doing + ": not allowed",
                    e,
                    "Grant the right to list, read, write and delete there; no symbolic link may lead out of the folder.");
        }
        if (e instanceof CharacterCodingException && !reading) {
            return error(
                    ErrorCode.ROW_REFUSED,
                    doing + ": a text has characters that the files' encoding lacks",
                    e,
                    "Write in UTF-8: leave the option encoding out.");
        }
        return error(
                reading ? ErrorCode.SOURCE_INTERRUPTED : ErrorCode.SINK_INTERRUPTED,
                doing,
                e,
                "It is tried again by itself; look at the store if it goes on.");
    }

    private GodwitException error(ErrorCode code, String doing, Exception e, String remedy) {
        String reason = e instanceof FileSystemException file && file.getReason() == null
                ? file.getFile()
                : String.valueOf(e.getMessage());
        return new GodwitException(code, "connection " + connection.name() + ": " + doing + ": " + reason, remedy, e);
    }
}
