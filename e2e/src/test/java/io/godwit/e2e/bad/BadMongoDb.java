package io.godwit.e2e.bad;

import static io.godwit.e2e.bad.Bad.connection;

import io.godwit.connector.mongodb.MongoTestServer;
import java.util.List;
import org.bson.Document;

/** Databases of MongoDB. */
final class BadMongoDb implements BadKind {
    BadMongoDb() {
        MongoTestServer.database("theirs").getCollection("orders").insertOne(new Document("id", 1));
    }

    @Override
    public List<Bad> places() {
        return List.of(
                Bad.source("MongoDB that is not there", mongoDb(1, "theirs", ""), "SOURCE_UNREACHABLE", "127.0.0.1"),
                Bad.source(
                        "database of MongoDB that is not there",
                        mongoDb(MongoTestServer.port(), "nowhere", ""),
                        "SOURCE_LOGIN_REFUSED",
                        "nowhere"),
                Bad.source(
                        "option that has the driver of MongoDB read a file",
                        mongoDb(MongoTestServer.port(), "theirs", ", tlsCertificateKeyFile: /etc/passwd"),
                        "CONNECTION_OPTION_REFUSED",
                        "tlsCertificateKeyFile"),
                Bad.reading(
                        "condition on collections",
                        mongoDb(MongoTestServer.port(), "theirs", ""),
                        "tables: [orders], where: id > 1",
                        "NOT_SUPPORTED",
                        "filter"),
                Bad.sink(
                        "collection with others' documents",
                        mongoDb(MongoTestServer.port(), "theirs", ""),
                        "table: orders",
                        "NOT_SUPPORTED",
                        "did not write",
                        "_godwit.schema"));
    }

    private static String mongoDb(int port, String database, String options) {
        return connection(
                "mongodb", "host: 127.0.0.1\nport: " + port + "\ndatabase: " + database, "sslMode: disable" + options);
    }
}
