package io.godwit.connector.mongodb;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a server and cuts the line at one of the commands that pass, and at every one after it: an odd number
 * before the server has seen the command, an even one when the answer to the same command comes back.
 */
final class CuttingProxy implements AutoCloseable {
    /** By which drivers greet and watch a server. */
    private static final Set<String> UNCOUNTED =
            Set.of("hello", "isMaster", "ismaster", "getlasterror", "ping", "endSessions");

    private static final int OP_MSG = 2013;

    /** Header, flags, and the kind of the first section. */
    private static final int BODY = 21;

    private final int server;
    private final int cut;
    private final boolean afterwards;
    private final AtomicInteger commands = new AtomicInteger();
    private final ServerSocket listening;

    CuttingProxy(int server, int number) {
        this.server = server;
        this.cut = (number + 1) / 2;
        this.afterwards = number % 2 == 0;
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket target = new Socket(InetAddress.getLoopbackAddress(), server);
                Line line = new Line(client, target);
                daemon(line::ask);
                daemon(line::answer);
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private final class Line {
        private final Socket client;
        private final Socket target;
        private volatile boolean cutAtAnswer;

        Line(Socket client, Socket target) {
            this.client = client;
            this.target = target;
        }

        void ask() {
            try (client;
                    target) {
                OutputStream out = target.getOutputStream();
                DataInputStream in = new DataInputStream(client.getInputStream());
                while (true) {
                    byte[] message = message(in);
                    if (isCounted(message)) {
                        int number = commands.incrementAndGet();
                        if (number > cut || (number == cut && !afterwards)) {
                            return;
                        }
                        cutAtAnswer = number == cut;
                    }
                    out.write(message);
                    out.flush();
                }
            } catch (IOException e) {
                // The line is cut.
            }
        }

        void answer() {
            try (client;
                    target) {
                DataInputStream in = new DataInputStream(target.getInputStream());
                OutputStream out = client.getOutputStream();
                while (true) {
                    byte[] message = message(in);
                    if (cutAtAnswer) {
                        return;
                    }
                    out.write(message);
                    out.flush();
                }
            } catch (IOException e) {
                // The line is cut.
            }
        }
    }

    private static byte[] message(DataInputStream in) throws IOException {
        int length = Integer.reverseBytes(in.readInt());
        if (length < 16 || length > 64 << 20) {
            throw new EOFException();
        }
        byte[] message = new byte[length];
        ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).putInt(length);
        in.readFully(message, 4, length - 4);
        return message;
    }

    private static boolean isCounted(byte[] message) {
        if (ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getInt(12) != OP_MSG) {
            return false;
        }
        int name = BODY + 5;
        int end = name;
        while (message[end] != 0) {
            end++;
        }
        return !UNCOUNTED.contains(new String(message, name, end - name, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
