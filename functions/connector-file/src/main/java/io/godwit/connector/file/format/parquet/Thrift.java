package io.godwit.connector.file.format.parquet;

import java.io.IOException;
import java.io.InputStream;
import org.apache.parquet.format.InterningProtocol;
import shaded.parquet.org.apache.thrift.TBase;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;

/** Reads the structures of footers and of pages' heads. */
final class Thrift {
    private Thrift() {}

    /**
     * Fills a structure.
     *
     * @param most bytes that it may have: no length that it declares is believed beyond them
     * @throws IOException where the bytes are none
     */
    static <T extends TBase<?, ?>> T read(T structure, InputStream in, long most) throws IOException {
        try {
            TIOStreamTransport from = new TIOStreamTransport(in);
            from.getConfiguration().setMaxMessageSize((int) Math.max(1, Math.min(most, Integer.MAX_VALUE)));
            from.updateKnownMessageSize(0);
            structure.read(new InterningProtocol(new TCompactProtocol(from)));
            return structure;
        } catch (TException e) {
            throw new IOException("no such structure", e);
        }
    }
}
