package io.godwit.connector.file;

import io.godwit.connector.Source;
import io.godwit.connector.file.format.FileColumn;
import io.godwit.connector.file.store.Paths;
import io.godwit.connector.kit.SampleTable;
import io.godwit.connector.kit.SourceContract;
import io.godwit.connector.kit.TestedSource;
import io.godwit.core.job.Connection;
import io.godwit.core.job.TypeWord;
import io.godwit.core.table.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Over files of small groups of rows. */
class ParquetSourceContractTest extends SourceContract {
    private static final long GROUP_BYTES = 100;

    ParquetSourceContractTest() {
        super(new ParquetFolder(new Folder(Map.of("format", "parquet")), new HashMap<>()));
    }

    @Override
    protected int mostColumns() {
        return 1600;
    }

    @Override
    protected boolean holdsSnapshots() {
        return false;
    }

    /**
     * A folder of files of Parquet as the contract's source.
     *
     * @param rows of each table
     */
    private record ParquetFolder(Folder folder, Map<TableName, List<List<@Nullable String>>> rows)
            implements TestedSource {

        @Override
        public Connection connection() {
            return folder.connection();
        }

        @Override
        public Source open(Connection other) {
            return folder.connector().source(other, Folder.means());
        }

        @Override
        public TableName tableName(String name) {
            return folder.tableName(name);
        }

        @Override
        public boolean isDatabase() {
            return false;
        }

        @Override
        public String found(int row, String key) {
            return "row " + (row + 1);
        }

        @Override
        public void create(SampleTable sample) {
            rows.put(sample.name(), new ArrayList<>());
            insert(sample);
        }

        @Override
        public void insert(SampleTable sample) {
            List<List<@Nullable String>> all = rows.computeIfAbsent(sample.name(), name -> new ArrayList<>());
            all.addAll(sample.rows());
            List<FileColumn> columns = sample.columns().stream()
                    .map(column -> new FileColumn(
                            column.name(), TypeWord.parse(column.type().replaceFirst(" COLLATE .*", ""))))
                    .toList();
            folder.write(Paths.encode(sample.name().name()) + ".parquet", ParquetFile.of(GROUP_BYTES, columns, all));
        }
    }
}
