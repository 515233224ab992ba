package io.godwit.connector.mongodb;

import io.godwit.connector.kit.SourceContract;
import java.util.List;

class MongoSourceContractTest extends SourceContract {
    MongoSourceContractTest() {
        super(new CollectionSource());
    }

    @Override
    protected int mostColumns() {
        return 1600;
    }

    @Override
    protected boolean holdsSnapshots() {
        return false;
    }

    /** No collection has a dollar in its name. */
    @Override
    protected List<String> hostileNames() {
        return super.hostileNames().stream().filter(name -> !name.contains("$")).toList();
    }
}
