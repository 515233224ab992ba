package io.godwit.connector.file.format.parquet;

import io.airlift.compress.Compressor;
import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import io.godwit.connector.file.store.UnfitFilesException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.format.CompressionCodec;

/** How pages are compressed. */
enum Packing {
    NONE(CompressionCodec.UNCOMPRESSED),
    GZIP(CompressionCodec.GZIP),
    SNAPPY(CompressionCodec.SNAPPY),
    ZSTD(CompressionCodec.ZSTD),
    /** Read only. */
    LZ4_RAW(CompressionCodec.LZ4_RAW);

    private final CompressionCodec codec;

    Packing(CompressionCodec codec) {
        this.codec = codec;
    }

    CompressionCodec codec() {
        return codec;
    }

    static Packing of(CompressionCodec codec) throws UnfitFilesException {
        return Arrays.stream(values())
                .filter(packing -> packing.codec == codec)
                .findFirst()
                .orElseThrow(() -> new UnfitFilesException("pages are compressed with " + codec
                        + ", which is not known here; write it with SNAPPY, ZSTD, GZIP, LZ4_RAW or UNCOMPRESSED"));
    }

    byte[] pack(byte[] plain) throws IOException {
        return switch (this) {
            case NONE -> plain;
            case GZIP -> {
                ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 2 + 64);
                try (OutputStream out = new GZIPOutputStream(packed, 1 << 13)) {
                    out.write(plain);
                }
                yield packed.toByteArray();
            }
            case SNAPPY -> pack(new SnappyCompressor(), plain);
            case ZSTD -> pack(new ZstdCompressor(), plain);
            case LZ4_RAW -> throw new IOException("pages are not written with LZ4");
        };
    }

    private static byte[] pack(Compressor compressor, byte[] plain) {
        byte[] packed = new byte[compressor.maxCompressedLength(plain.length)];
        int length = compressor.compress(plain, 0, plain.length, packed, 0, packed.length);
        return Arrays.copyOf(packed, length);
    }

    /**
     * The bytes as they were.
     *
     * @param length how many there must be
     * @throws IOException or a RuntimeException where they are damaged
     */
    byte[] unpack(byte[] packed, int length) throws IOException {
        byte[] plain = new byte[length];
        int got = switch (this) {
            case NONE -> {
                System.arraycopy(packed, 0, plain, 0, Math.min(length, packed.length));
                yield packed.length;
            }
            case GZIP -> {
                try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), 1 << 13)) {
                    int read = in.readNBytes(plain, 0, length);
                    yield in.read() < 0 ? read : -1;
                }
            }
            case SNAPPY -> unpack(new SnappyDecompressor(), packed, plain);
            case ZSTD -> unpack(new ZstdDecompressor(), packed, plain);
            case LZ4_RAW -> unpack(new Lz4Decompressor(), packed, plain);
        };
        if (got != length) {
            throw new IOException("a page does not unpack to its " + length + " bytes");
        }
        return plain;
    }

    private static int unpack(Decompressor decompressor, byte[] packed, byte[] plain) {
        return decompressor.decompress(packed, 0, packed.length, plain, 0, plain.length);
    }
}
