package io.godwit.connector.kafka;

import io.godwit.connector.kafka.avro.AvroTypes;
import io.godwit.connector.kit.TypeSample;
import io.godwit.core.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;

/** From topics of JSON into topics of Avro, and back: all but the values that Avro has no place for. */
class KafkaAvroRoundTripContractTest extends KafkaRoundTripContractTest {
    private static final Predicate<String> WITHOUT_PLACE =
            Pattern.compile("(?i)nan|[-+]?inf(inity)?|24:00(:00)?|29427[5-9].*").asMatchPredicate();

    @BeforeAll
    static void start() {
        RegistryServer.await();
    }

    @Override
    protected Map<String, String> options() {
        return RegistryServer.options(Map.of());
    }

    @Override
    protected TableName tableName(String name) {
        return super.tableName("avro_" + name);
    }

    /** A field of Avro has no blank in its name. */
    @Override
    protected String columnName(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_");
    }

    @Override
    protected List<TypeSample> samples() {
        return super.samples().stream()
                .map(sample -> AvroTypes.refuses(sample.type()) == null
                        ? sample
                        : new TypeSample(
                                sample.type(),
                                sample.nativeType(),
                                sample.values().stream()
                                        .filter(WITHOUT_PLACE.negate())
                                        .toList()))
                .toList();
    }
}
