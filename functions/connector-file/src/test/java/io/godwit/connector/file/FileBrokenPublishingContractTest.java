package io.godwit.connector.file;

import io.godwit.connector.Sink;
import io.godwit.connector.file.store.DiskStore;
import io.godwit.connector.file.store.FileStore;
import io.godwit.connector.kit.BrokenPublishingContract;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

class FileBrokenPublishingContractTest extends BrokenPublishingContract {
    private static final Folder FOLDER = new Folder(Map.of());

    FileBrokenPublishingContractTest() {
        super(new FolderSink(FOLDER));
    }

    @Override
    protected Sink breaking(int operation) {
        return new FileSink(
                FOLDER.connection(), breaking(new DiskStore(FOLDER.path()), operation), ControlStoreServer.ledgers());
    }

    private static FileStore breaking(FileStore store, int operation) {
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

    /** Files that no manifest lists. */
    @Override
    protected List<String> litter() {
        return FOLDER.files().stream().filter(file -> !FOLDER.isListed(file)).toList();
    }
}
