package io.godwit.connector.kafka.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

class AvroSchemasTest {

    /** Records r0 to r(depth): each has two of the next, and the last these fields. */
    private static String doubling(int depth, String last) {
        String schema = "{'type': 'record', 'name': 'r" + depth + "', 'fields': [" + last + "]}";
        for (int i = depth - 1; i >= 0; i--) {
            schema = "{'type': 'record', 'name': 'r" + i + "', 'fields': [{'name': 'a', 'type': " + schema
                    + "}, {'name': 'b', 'type': 'r" + (i + 1) + "'}]}";
        }
        return schema.replace('\'', '"');
    }

    /** Optional, so that values are as small as their bytes. */
    private static String optional(int depth) {
        return doubling(depth, "{'name': 'x', 'type': 'int'}")
                .replaceAll("\"type\": \"(r[0-9]+)\"", "\"type\": [\"null\", \"$1\"]");
    }

    @Test
    @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
    void schemaOfFewRecordsIsGoneThroughOnce() throws UnfitAvroException {
        String listed = doubling(40, "{'name': 'x', 'type': 'int'}")
                .replaceAll("\"type\": \"(r[0-9]+)\"", "\"type\": {\"type\": \"array\", \"items\": \"$1\"}");

        assertThat(AvroSchemas.parse(optional(40)).getName()).isEqualTo("r0");
        assertThat(AvroSchemas.parse(listed).getName()).isEqualTo("r0");
    }

    @Test
    @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
    void valuesOfAMillionMillionPartsAreNone() {
        assertThatThrownBy(() -> AvroSchemas.parse(doubling(40, "")))
                .isInstanceOf(UnfitAvroException.class)
                .hasMessageContaining("parts");
    }

    @Test
    void recordThatContainsItselfIsFoundWhereverItDoes() {
        String last = "{'name': 'again', 'type': {'type': 'map', 'values': ['null', 'r1']}}";

        assertThatThrownBy(() -> AvroSchemas.parse(doubling(3, last)))
                .isInstanceOf(UnfitAvroException.class)
                .hasMessageContaining("record r1 contains itself");
    }

    @Test
    void recordWithSomeOfItsFieldsIsTheSameRecord() {
        Schema schema = new Schema.Parser()
                .parse(
                        ("{'type': 'record', 'name': 'Purchase', 'namespace': 'shop', 'owner': 'sales', 'aliases': ['Order',"
                                        + " 'old.Sale'], 'fields': [{'name': 'a', 'type': 'int'}, {'name': 'b', 'type': 'int'}]}")
                                .replace('\'', '"'));

        Schema some = AvroSchemas.with(schema, List.of("b")).orElseThrow();

        assertThat(some.getFields()).extracting(Schema.Field::name).containsExactly("b");
        assertThat(some.getFullName()).isEqualTo("shop.Purchase");
        assertThat(some.getAliases()).containsExactlyInAnyOrder("shop.Order", "old.Sale");
        assertThat(some.getProp("owner")).isEqualTo("sales");
    }
}
