package io.godwit.connector.file;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/** A file of Parquet whose footer is made to say something else. */
@SuppressWarnings("NullAway") // footers of these tests have all of it
final class ParquetFooter {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private final byte[] pages;
    private final FileMetaData footer;

    private ParquetFooter(byte[] pages, FileMetaData footer) {
        this.pages = pages;
        this.footer = footer;
    }

    static ParquetFooter of(byte[] file) throws IOException {
        int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
        int at = file.length - 8 - length;
        return new ParquetFooter(
                Arrays.copyOf(file, at), Util.readFileMetaData(new ByteArrayInputStream(file, at, length)));
    }

    /** Gives a field another name. */
    void rename(String from, String to) {
        footer.getSchema().stream()
                .filter(field -> field.getName().equals(from))
                .forEach(field -> field.setName(to));
        footer.getRow_groups()
                .forEach(group -> group.getColumns()
                        .forEach(column -> column.getMeta_data()
                                .getPath_in_schema()
                                .replaceAll(name -> name.equals(from) ? to : name)));
    }

    byte[] file() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(pages);
        file.write(end());
        return file.toByteArray();
    }

    /** The only column of the only group has one page, which declares so much; a hole stands for it. */
    void writeWithHugePage(Path path, int compressed, int uncompressed) throws IOException {
        PageHeader header = new PageHeader(PageType.DATA_PAGE, uncompressed, compressed);
        header.setData_page_header(new DataPageHeader(1, Encoding.PLAIN, Encoding.RLE, Encoding.RLE));
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        Util.writePageHeader(header, head);
        ColumnMetaData column =
                footer.getRow_groups().get(0).getColumns().get(0).getMeta_data();
        column.unsetDictionary_page_offset();
        column.setData_page_offset(MAGIC.length);
        column.setTotal_compressed_size(head.size() + (long) compressed);
        footer.getRow_groups().get(0).setTotal_compressed_size(head.size() + (long) compressed);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(MAGIC);
            file.write(head.toByteArray());
            file.seek(file.getFilePointer() + compressed);
            file.write(end());
        }
    }

    private byte[] end() throws IOException {
        ByteArrayOutputStream end = new ByteArrayOutputStream();
        Util.writeFileMetaData(footer, end);
        end.write(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(end.size())
                .array());
        end.write(MAGIC);
        return end.toByteArray();
    }
}
