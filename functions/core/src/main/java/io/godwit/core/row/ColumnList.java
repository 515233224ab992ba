package io.godwit.core.row;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The bytes that open the payload of sequence 0. */
final class ColumnList {
    private ColumnList() {}

    static byte[] encode(List<WireColumn> columns) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeShort(columns.size());
            for (WireColumn column : columns) {
                byte[] name = column.name().getBytes(UTF_8);
                byte[] type = column.type().notation().getBytes(UTF_8);
                if (name.length > 0xFFFF) {
                    throw new IllegalArgumentException("a column's name has " + name.length + " bytes");
                }
                out.writeShort(name.length);
                out.write(name);
                out.writeInt(type.length);
                out.write(type);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
