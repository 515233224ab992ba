package io.godwit.connector.oracle;

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

class OracleStatementsTest extends DialectKit {

    OracleStatementsTest() {
        super(
                OracleDialect.of(connection()),
                new TableName("shop", "OWN'ER", "select ];-- orders'"),
                fields(),
                List.of("LEVEL", "na]me"));
    }

    static Connection connection() {
        return new Connection(
                "target", "oracle", "localhost", null, "shop", null, null, Map.of(), Limits.NONE, List.of());
    }

    static List<Field> fields() {
        List<Field> fields = new ArrayList<>(List.of(
                new Field("LEVEL", Scalar.INT8, "NUMBER(18)"),
                new Field("na]me", LogicalType.parse("varchar(40)"), "VARCHAR2(40 CHAR)")));
        for (SourceType type : OracleSourceTypes.ALL) {
            fields.add(new Field("c of " + type.nativeType(), type.type(), type.nativeType()));
        }
        return fields;
    }

    @Override
    protected String bound(Field field) {
        return switch (OracleValues.word(field)) {
            case "NUMBER", "FLOAT" -> "7";
            case "DATE" -> "2024-02-29 13:14:15";
            case "TIMESTAMP" -> "2024-02-29 13:14:15.123456789";
            default -> "O'Neil";
        };
    }
}
