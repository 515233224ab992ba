package io.godwit.connector.mongodb;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.ServerAddress;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.connection.ClusterConnectionMode;
import io.godwit.connector.Hosts;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** One database of one server, dialled at the first use. What is written is on the disks of a majority. */
final class MongoSession implements AutoCloseable {
    /** What Godwit keeps in a database, and nobody is shown. */
    static final String OWN = "_godwit.";

    private static final Pattern DATABASE = Pattern.compile("[^/\\\\. \"$*<>:|?\\x00]{1,63}");

    private static final int DIAL_SECONDS = 10;

    /** Longer than any one operation of ours takes. */
    private static final int ANSWER_MINUTES = 10;

    private final Connection connection;
    private final MongoOptions options;
    private final SecretResolver secrets;
    private final boolean reading;
    private @Nullable MongoClient client;

    MongoSession(Connection connection, MongoOptions options, SecretResolver secrets, boolean reading) {
        this.reading = reading;
        this.connection = connection;
        this.options = options;
        this.secrets = secrets;
        Hosts.of(connection);
    }

    MongoClient client() {
        if (client == null) {
            client = MongoClients.create(settings());
        }
        return client;
    }

    private MongoClientSettings settings() {
        int port = connection.port() == null ? MongoConnector.PORT : connection.port();
        ServerAddress address = new ServerAddress(Hosts.of(connection), port);
        MongoClientSettings.Builder settings = MongoClientSettings.builder()
                .applicationName("godwit")
                .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                // What breaks off is done again as a whole, by who knows what it was.
                .retryReads(false)
                .retryWrites(false)
                .applyToClusterSettings(cluster -> {
                    cluster.hosts(List.of(address)).serverSelectionTimeout(DIAL_SECONDS, TimeUnit.SECONDS);
                    if (options.replicaSet() == null) {
                        cluster.mode(ClusterConnectionMode.SINGLE);
                    } else {
                        cluster.mode(ClusterConnectionMode.MULTIPLE).requiredReplicaSetName(options.replicaSet());
                    }
                })
                .applyToSocketSettings(socket -> socket.connectTimeout(DIAL_SECONDS, TimeUnit.SECONDS)
                        .readTimeout(ANSWER_MINUTES, TimeUnit.MINUTES))
                .applyToConnectionPoolSettings(pool -> pool.maxSize(2).maxWaitTime(DIAL_SECONDS, TimeUnit.SECONDS))
                .applyToSslSettings(ssl -> ssl.enabled(options.isEncrypted()));
        String user = connection.user();
        if (user != null) {
            settings.credential(credential(user));
        }
        return settings.build();
    }

    private MongoCredential credential(String user) {
        String secret = connection.secret();
        if (secret == null) {
            throw new GodwitException(
                    ErrorCode.SECRET_NOT_FOUND,
                    "connection " + connection.name() + ": user " + user + " has no secret",
                    "Name one under secret:, or leave the user out.");
        }
        char[] password = secrets.resolve(secret).toCharArray();
        String mechanism = options.authMechanism();
        if (mechanism == null) {
            return MongoCredential.createCredential(user, options.authSource(), password);
        }
        return mechanism.equals("SCRAM-SHA-1")
                ? MongoCredential.createScramSha1Credential(user, options.authSource(), password)
                : MongoCredential.createScramSha256Credential(user, options.authSource(), password);
    }

    /** @throws GodwitException SOURCE_LOGIN_REFUSED, SINK_LOGIN_REFUSED, where no database can have the name */
    MongoDatabase database() {
        if (!DATABASE.matcher(connection.database()).matches()) {
            throw new GodwitException(
                    reading ? ErrorCode.SOURCE_LOGIN_REFUSED : ErrorCode.SINK_LOGIN_REFUSED,
                    "connection " + connection.name() + ": " + connection.database() + " is no name of a database",
                    "Name a database, without dots, dollars, slashes and blanks.");
        }
        return client().getDatabase(connection.database());
    }

    MongoCollection<RawBsonDocument> collection(String name) {
        return database().getCollection(name, RawBsonDocument.class);
    }

    /** All collections and views by name, and what each is: our own and the server's too. */
    Map<String, BsonDocument> collections() {
        Map<String, BsonDocument> collections = new TreeMap<>();
        for (BsonDocument collection : database().listCollections(BsonDocument.class)) {
            collections.put(collection.getString("name").getValue(), collection);
        }
        return collections;
    }

    /** What the server says of the collection of that name; null: there is none. */
    @Nullable
    BsonDocument find(String name) {
        // Asked for by its name, and looked for: not every server that speaks the protocol filters.
        BsonDocument named = new BsonDocument("name", new BsonString(name));
        for (BsonDocument collection :
                database().listCollections(BsonDocument.class).filter(named)) {
            if (collection.getString("name").getValue().equals(name)) {
                return collection;
            }
        }
        return null;
    }

    /** Drops the collections whose names begin so. */
    void dropAll(String prefix) {
        for (String name : collections().keySet()) {
            if (name.startsWith(prefix)) {
                database().getCollection(name).drop();
            }
        }
    }

    static boolean isHidden(String name) {
        return name.startsWith(OWN) || name.startsWith("system.");
    }

    String product() {
        Document build = client().getDatabase("admin").runCommand(new BsonDocument("buildInfo", new BsonInt32(1)));
        return "MongoDB " + build.getString("version");
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
