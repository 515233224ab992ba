package io.godwit.connector.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An answer's body as a stream that waits for bytes no longer than it may; the JDK's own waits for ever. It holds what
 * the client hands over at once, and asks for more when that is read.
 */
final class Body extends InputStream implements BodySubscriber<Body> {
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Deadline deadline;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private Signal now = new Signal(List.of(), null, false);
    private int at;
    private long count;
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean closed;

    Body(Deadline deadline) {
        this.deadline = deadline;
    }

    private record Signal(List<ByteBuffer> bytes, @Nullable Throwable failure, boolean end) {}

    @Override
    public CompletionStage<Body> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (closed) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        signals.add(new Signal(bytes, null, false));
    }

    @Override
    public void onError(Throwable failure) {
        signals.add(new Signal(List.of(), failure, false));
    }

    @Override
    public void onComplete() {
        signals.add(new Signal(List.of(), null, true));
    }

    /** Bytes so far, as they came over the network. */
    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            if (now.end()) {
                return -1;
            }
            if (now.failure() != null) {
                throw new IOException(now.failure().getMessage(), now.failure());
            }
            for (; at < now.bytes().size(); at++) {
                ByteBuffer buffer = now.bytes().get(at);
                if (buffer.hasRemaining()) {
                    int taken = Math.min(length, buffer.remaining());
                    buffer.get(to, offset, taken);
                    count += taken;
                    return taken;
                }
            }
            next();
        }
    }

    private void next() throws IOException {
        Flow.Subscription source = subscription;
        if (!now.bytes().isEmpty() && source != null) {
            source.request(1);
        }
        try {
            Duration most = deadline.atMost(SILENCE);
            Signal signal = signals.poll(most.toNanos(), TimeUnit.NANOSECONDS);
            if (signal == null) {
                throw new HttpTimeoutException("no byte came in " + most.toMillis() + " ms");
            }
            now = signal;
            at = 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("reading was interrupted");
        }
    }

    /** Lets go of what is left; the connection is closed then. */
    @Override
    public void close() {
        closed = true;
        Flow.Subscription source = subscription;
        if (source != null) {
            source.cancel();
        }
    }
}
