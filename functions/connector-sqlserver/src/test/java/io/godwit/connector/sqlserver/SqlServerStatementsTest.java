package io.godwit.connector.sqlserver;

import io.godwit.connector.jdbc.dialect.DialectKit;
import io.godwit.connector.jdbc.dialect.Values.Field;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Connection.Limits;
import io.godwit.core.table.SourceType;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class SqlServerStatementsTest extends DialectKit {

    SqlServerStatementsTest() {
        super(
                SqlServerDialect.of(connection()),
                new TableName("shop", "d]b'o", "select ];-- \"orders'"),
                fields(),
                List.of("select", "na]me"));
    }

    static Connection connection() {
        return new Connection(
                "target", "sqlserver", "localhost", null, "shop", null, null, Map.of(), Limits.NONE, List.of());
    }

    static List<Field> fields() {
        List<Field> fields = new ArrayList<>(List.of(
                new Field("select", Scalar.INT8, "bigint"),
                new Field("na]me", LogicalType.parse("varchar(40)"), "nvarchar(40)")));
        for (SourceType type : SqlServerSourceTypes.ALL) {
            fields.add(new Field("c of " + type.nativeType(), type.type(), type.nativeType()));
        }
        return fields;
    }

    @Override
    protected String bound(Field field) {
        return switch (SqlServerValues.word(field)) {
            case "nvarchar", "nchar" -> "O'Neil";
            case "date" -> "2024-02-29";
            case "datetime", "datetime2", "smalldatetime" -> "2024-02-29 13:14:15";
            case "uniqueidentifier" -> "01234567-89AB-CDEF-0123-456789ABCDEF";
            default -> "7";
        };
    }
}
