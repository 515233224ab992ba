package io.godwit.connector.file;

import io.godwit.connector.Means;
import io.godwit.connector.file.store.FileStore;
import io.godwit.core.job.Connection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** Notes where files of tables, not their schemas, are opened to be read. */
final class ReadBytes {
    private final List<Long> opened = new ArrayList<>();
    private final Folder folder;

    ReadBytes(Folder folder) {
        this.folder = folder;
    }

    FileConnector connector() {
        return new FileConnector() {
            @Override
            protected FileStore store(Connection connection, Means means) {
                return noting(folder.connector().store(connection, means));
            }
        };
    }

    void clear() {
        opened.clear();
    }

    /** The first byte of each reading. */
    List<Long> opened() {
        return opened;
    }

    private FileStore noting(FileStore store) {
        return (FileStore) Proxy.newProxyInstance(
                FileStore.class.getClassLoader(), new Class<?>[] {FileStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("open")
                            && !arguments[0].toString().endsWith(".json")) {
                        opened.add((Long) arguments[1]);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
