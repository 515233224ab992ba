package io.godwit.connector.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A wire to the test server that breaks at the worst moment: once armed, it lets what the client says next through to
 * the server, waits for the server's answer, and cuts the client off instead of handing it over.
 */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int serverPort;
    private volatile boolean armed;
    private volatile boolean seen;

    private CuttingProxy(ServerSocket listener, int serverPort) {
        this.listener = listener;
        this.serverPort = serverPort;
    }

    static CuttingProxy to(int serverPort) throws IOException {
        CuttingProxy proxy = new CuttingProxy(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), serverPort);
        start(proxy::accept);
        return proxy;
    }

    int port() {
        return listener.getLocalPort();
    }

    void arm() {
        armed = true;
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            start(() -> toServer(client, server));
            start(() -> toClient(server, client));
        }
    }

    private void toServer(Socket client, Socket server) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        InputStream in = client.getInputStream();
        OutputStream out = server.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            seen = armed;
            out.write(buffer, 0, read);
        }
    }

    private void toClient(Socket server, Socket client) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (seen) {
                client.close();
                server.close();
                return;
            }
            out.write(buffer, 0, read);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // The other end is gone, which is what this is for.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
