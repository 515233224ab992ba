package io.godwit.embedded;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * A PostgreSQL server of this process, on 127.0.0.1, with UTF8 databases that collate by code point.
 *
 * <p>Its directory is either given and kept, and then its superuser has a random password in the file {@code password};
 * or temporary, and then whoever reaches the loopback is trusted.
 */
public final class EmbeddedPostgres extends EmbeddedServer {

    static final String NAME = "postgresql";

    private final PostgresCluster cluster;
    private final Map<String, String> settings;
    private @Nullable PostgresBinaries binaries;

    private EmbeddedPostgres(ServerHome home, int port, Map<String, String> settings) {
        super(NAME, home, port);
        this.cluster = new PostgresCluster(home);
        this.settings = settings;
    }

    /** A server in a temporary directory, on a free port, safe against crashes of the server and of the machine. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    void unpack() {
        binaries = PostgresBinaries.unpacked();
    }

    @Override
    void initialize() {
        if (!cluster.exists()) {
            cluster.initialize(requireNonNull(binaries));
        }
    }

    @Override
    ServerProcess launch() {
        cluster.configure(settings);
        return cluster.launch(requireNonNull(binaries));
    }

    @Override
    boolean isReady(ServerProcess started) {
        return cluster.isReady(started.pid());
    }

    @Override
    String stopSignal() {
        return PostgresCluster.FAST_SHUTDOWN;
    }

    @Override
    boolean mayBeKilled() {
        return true;
    }

    /** The superuser. */
    public String user() {
        return PostgresCluster.SUPERUSER;
    }

    /** The superuser's password. */
    public String password() {
        return cluster.password();
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + database;
    }

    /** A new session of the superuser. */
    public Connection connect(String database) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", user());
        login.setProperty("password", password());
        // Not by DriverManager: which drivers it knows depends on who loaded it first.
        Connection connection = new Driver().connect(jdbcUrl(database), login);
        if (connection == null) {
            throw new SQLException("not a URL of PostgreSQL: " + jdbcUrl(database));
        }
        return connection;
    }

    /**
     * Makes a database unless it is there.
     *
     * @return whether it is new
     */
    public boolean createDatabase(String name) throws SQLException {
        try (Connection connection = connect("postgres");
                PreparedStatement find = connection.prepareStatement("SELECT FROM pg_database WHERE datname = ?")) {
            find.setString(1, name);
            try (ResultSet found = find.executeQuery();
                    Statement create = connection.createStatement()) {
                if (found.next()) {
                    return false;
                }
                create.execute("CREATE DATABASE \"" + name.replace("\"", "\"\"") + "\"");
                return true;
            }
        }
    }

    /** What a server is to be like. */
    public static final class Builder {

        private @Nullable Path directory;
        private int port;
        private final Map<String, String> settings = new LinkedHashMap<>();

        private Builder() {
            setting("listen_addresses", "127.0.0.1");
            setting("unix_socket_directories", "");
        }

        /** Keeps the server's files in this directory; a later server finds them there. */
        public Builder directory(Path path) {
            this.directory = path;
            return this;
        }

        /** Listens on this port; 0 stands for a free one. */
        public Builder port(int number) {
            this.port = number;
            return this;
        }

        /**
         * With false, what was committed may be lost when the machine crashes, though not when the server is killed.
         * Tests are faster so.
         */
        public Builder fsync(boolean on) {
            setting("fsync", on ? "on" : "off");
            return setting("full_page_writes", on ? "on" : "off");
        }

        /** A setting of the server, as in {@code postgresql.conf}. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /**
         * Starts the server.
         *
         * @throws IllegalStateException if its directory is in use, or it does not start
         */
        public EmbeddedPostgres start() {
            int chosen = port == 0 ? FreePort.find() : port;
            Map<String, String> all = new LinkedHashMap<>(settings);
            all.put("port", Integer.toString(chosen));
            ServerHome home = ServerHome.open(directory, NAME);
            EmbeddedPostgres server = new EmbeddedPostgres(home, chosen, all);
            try {
                server.start();
                return server;
            } catch (RuntimeException e) {
                home.close();
                throw e;
            }
        }
    }
}
