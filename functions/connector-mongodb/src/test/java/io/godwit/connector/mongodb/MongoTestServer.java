package io.godwit.connector.mongodb;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

/** A server that speaks MongoDB's protocol and keeps its documents in memory, on this machine's own address. */
public final class MongoTestServer {
    private static final MongoServer SERVER = new MongoServer(new MemoryBackend());
    private static final int PORT = SERVER.bind().getPort();
    private static final MongoClient CLIENT = MongoClients.create("mongodb://127.0.0.1:" + PORT);

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(SERVER::shutdownNow));
    }

    private MongoTestServer() {}

    /** Where it answers. */
    public static int port() {
        return PORT;
    }

    /** One of its databases, seen without Godwit. */
    public static MongoDatabase database(String name) {
        return CLIENT.getDatabase(name);
    }
}
