package io.godwit.connector.file;

import io.godwit.connector.kit.SourceContract;

class FileSourceContractTest extends SourceContract {
    FileSourceContractTest() {
        super(new FolderSource());
    }

    @Override
    protected int mostColumns() {
        return 1600;
    }

    @Override
    protected boolean holdsSnapshots() {
        return false;
    }
}
