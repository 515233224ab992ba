package io.godwit.connector.file;

import io.godwit.connector.Means;
import io.godwit.connector.Sink;
import io.godwit.connector.file.store.FileStore;
import io.godwit.connector.kit.BrokenPublishingContract;
import io.godwit.core.job.Connection;
import io.godwit.core.run.StepId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** With a store that fails at one of its operations, and at every one after it. */
public abstract class FileBrokenPublishing extends BrokenPublishingContract {
    private final Folder folder;

    protected FileBrokenPublishing(Folder folder) {
        super(new FolderSink(folder));
        this.folder = folder;
    }

    @Override
    protected Sink breaking(int operation) {
        FileConnector connector = new FileConnector() {
            @Override
            protected FileStore store(Connection connection, Means means) {
                return FileBrokenPublishing.breaking(folder.connector().store(connection, means), operation);
            }
        };
        return connector.sink(folder.connection(), Folder.means(), ControlStoreServer.ledgers());
    }

    static FileStore breaking(FileStore store, int operation) {
        AtomicInteger operations = new AtomicInteger();
        return (FileStore) Proxy.newProxyInstance(
                FileStore.class.getClassLoader(), new Class<?>[] {FileStore.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("close") && operations.incrementAndGet() >= operation) {
                        throw new IOException("broken off for the test");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    protected void lose(StepId step) {
        try (FileStore store = folder.connector().store(folder.connection(), Folder.means())) {
            store.deleteFolder(Staging.folder(step));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files that no manifest lists. */
    @Override
    protected List<String> litter() {
        return folder.files().stream().filter(file -> !folder.isListed(file)).toList();
    }
}
