package io.godwit.connector.mysql;

import io.godwit.core.table.SourceType;
import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import java.util.List;

/** MariaDB: as MySQL, but that its JSON is the very text. */
public final class MariaDbConnector extends MySqlConnector {

    @Override
    public String type() {
        return "mariadb";
    }

    @Override
    public boolean certified() {
        return true;
    }

    @Override
    public List<SourceType> sourceTypes() {
        return MySqlSourceTypes.all(true);
    }

    @Override
    public TargetType targetType(LogicalType type, boolean inKey) {
        return MySqlTargetTypes.of(type, inKey, true);
    }
}
