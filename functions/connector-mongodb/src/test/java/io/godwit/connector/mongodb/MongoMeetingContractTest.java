package io.godwit.connector.mongodb;

import io.godwit.connector.kit.MeetingContract;

class MongoMeetingContractTest extends MeetingContract {
    MongoMeetingContractTest() {
        super(new CollectionSink());
    }
}
