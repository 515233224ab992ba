package io.godwit.connector.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** A body that gzip packed, unless it unpacks to what no list of objects does. */
final class Unpacked extends FilterInputStream {
    private static final int BUFFER = 1 << 16;
    private static final long HARMLESS = 64L << 20;
    private static final long MOST_TIMES = 200;

    private final Body body;
    private long count;

    Unpacked(Body body) throws IOException {
        super(new GZIPInputStream(body, BUFFER));
        this.body = body;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int read = super.read(to, offset, length);
        count += Math.max(read, 0);
        if (count > HARMLESS && count / MOST_TIMES > body.count()) {
            throw new UnfitAnswerException("it is packed so that it unpacks to more than " + MOST_TIMES
                    + " times its size: taken for an attack");
        }
        return read;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    static InputStream of(Body body, String encoding) throws IOException {
        return switch (encoding) {
            case "", "identity" -> body;
            case "gzip", "x-gzip" -> new Unpacked(body);
            default -> throw new UnfitAnswerException("it is packed in a way that nobody asked for");
        };
    }
}
