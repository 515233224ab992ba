package io.godwit.connector.mongodb;

import io.godwit.connector.kit.SampleKey;
import io.godwit.connector.kit.SplitContract;
import java.util.List;

class MongoSplitContractTest extends SplitContract {
    MongoSplitContractTest() {
        super(new CollectionSource());
    }

    @Override
    protected boolean holdsSnapshots() {
        return false;
    }

    @Override
    protected boolean takesConditions() {
        return false;
    }

    @Override
    protected boolean splitsWithoutKey() {
        return true;
    }

    /** Numbers of which one has too many digits have {@code _id}s of two types: such a collection is read as one. */
    @Override
    protected List<SampleKey> keys() {
        return super.keys().stream()
                .filter(key -> !key.types().contains("numeric"))
                .toList();
    }
}
