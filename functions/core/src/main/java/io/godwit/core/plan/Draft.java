package io.godwit.core.plan;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A table's mapping, before it is fitted to those that share its target.
 *
 * @param cells by the target's column, in order
 * @param lacking columns of the target whose source column, by name, this table has not
 * @param extra columns of this table that the existing target has not
 */
record Draft(TableMatch match, Map<String, Cell> cells, Map<String, String> lacking, Set<String> extra) {
    static Draft of(TableMatch match) {
        return new Draft(match, new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashSet<>());
    }
}
