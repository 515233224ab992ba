package io.godwit.e2e.bad;

import static io.godwit.e2e.bad.Bad.connection;

import io.godwit.connector.file.format.FileColumn;
import io.godwit.connector.file.format.RowWriter;
import io.godwit.connector.file.format.parquet.ParquetFormat;
import io.godwit.core.row.TupleBuilder;
import io.godwit.core.row.TupleFields;
import io.godwit.core.type.LogicalType.Scalar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Folders of Parquet, written right and then damaged. */
final class BadParquet implements BadKind {
    private final Path files;

    BadParquet(Path files) throws IOException {
        this.files = files;
        byte[] good = good();
        write("cut/orders.parquet", Arrays.copyOf(good, good.length - 9));
        byte[] damaged = good.clone();
        Arrays.fill(damaged, good.length - 60, good.length - 20, (byte) 0xFF);
        write("damaged/orders.parquet", damaged);
        byte[] huge = good.clone();
        huge[good.length - 5] = 0x7F;
        write("huge/orders.parquet", huge);
        write("narrow/orders.parquet", good);
        write(
                "narrow/orders_schema.json",
                "{\"version\": 1, \"columns\": [{\"name\": \"id\", \"type\": \"int2\"}]}"
                        .getBytes(StandardCharsets.UTF_8));
        write("uneven/orders/day=1/a.parquet", good);
        write("uneven/orders/b.parquet", good);
    }

    private static byte[] good() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        List<FileColumn> columns = List.of(new FileColumn("id", Scalar.INT8));
        RowWriter writer = new ParquetFormat("snappy").write(file, columns, () -> 1);
        TupleFields row = new TupleFields(1);
        row.of(TupleBuilder.tuple(List.of(new byte[] {0, 0, 0, 0, 0, 0, 0, 1})), 0, 14);
        writer.row(row);
        writer.finish();
        return file.toByteArray();
    }

    @Override
    public List<Bad> places() {
        return List.of(
                Bad.source("file of Parquet that is cut off", parquet("cut", ""), "SOURCE_REFUSED", "cut off"),
                Bad.source(
                        "file of Parquet that is damaged",
                        parquet("damaged", ""),
                        "SOURCE_REFUSED",
                        "orders.parquet has a damaged footer"),
                Bad.source(
                        "footer that would take all memory",
                        parquet("huge", ""),
                        "SOURCE_REFUSED",
                        "declares a footer of"),
                Bad.source(
                        "folders of other columns",
                        parquet("uneven", ""),
                        "SOURCE_REFUSED",
                        "all must be partitioned alike"),
                Bad.source(
                        "compression that Parquet has not",
                        parquet("narrow", ", compression: lzo"),
                        "CONNECTION_OPTION_REFUSED",
                        "snappy, zstd, gzip, none"));
    }

    @Override
    public List<Bad> rows() {
        return List.of(Bad.row(
                "declared type that would change values",
                parquet("narrow", ""),
                "SOURCE_REFUSED",
                "column id is int8 in the file, and int2 in the table"));
    }

    private String parquet(String folder, String more) {
        return connection("file", "database: " + files.resolve(folder), "format: parquet" + more);
    }

    private void write(String name, byte[] content) throws IOException {
        Path file = files.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }
}
