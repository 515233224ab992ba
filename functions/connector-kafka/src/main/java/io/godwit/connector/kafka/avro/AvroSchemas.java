package io.godwit.connector.kafka.avro;

import io.godwit.core.type.LogicalType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/** Schemas of whole messages: records, whose fields are the columns. */
public final class AvroSchemas {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private AvroSchemas() {}

    /** Whether a field may have that name. */
    public static boolean isName(String column) {
        return NAME.matcher(column).matches();
    }

    /**
     * The schema of a table's rows.
     *
     * @param topic from which the record gets its name, as far as Avro allows it
     */
    public static Schema of(String topic, List<AvroColumn> columns) {
        String name = topic.replaceAll("[^A-Za-z0-9_]", "_");
        List<Schema.Field> fields = new ArrayList<>();
        for (AvroColumn column : columns) {
            Schema schema = AvroTypes.schema(column.type());
            fields.add(
                    column.nullable()
                            ? new Schema.Field(
                                    column.name(),
                                    Schema.createUnion(Schema.create(Schema.Type.NULL), schema),
                                    null,
                                    JsonProperties.NULL_VALUE)
                            : new Schema.Field(column.name(), schema));
        }
        return Schema.createRecord(isName(name) ? name : "_" + name, null, null, false, fields);
    }

    /**
     * Reads a schema's text.
     *
     * @throws UnfitAvroException where it is none of a record that ends somewhere
     */
    public static Schema parse(String text) throws UnfitAvroException {
        Schema schema;
        try {
            schema = new Schema.Parser().parse(text);
        } catch (AvroRuntimeException e) {
            throw new UnfitAvroException("a schema that cannot be read: " + e.getMessage(), e);
        }
        if (schema.getType() != Schema.Type.RECORD) {
            throw new UnfitAvroException(
                    "a schema of no record, but of type " + schema.getType().getName(), null);
        }
        new SchemaDepth().require(schema);
        return schema;
    }

    /** The fields of a schema that {@link #takes} what is written. */
    public static List<AvroField> fields(Schema schema) {
        return schema.getFields().stream()
                .map(field -> new AvroField(field.name(), field.schema().isNullable()))
                .toList();
    }

    /** In which fields a record is not what it was, for people. */
    public static List<String> differences(Schema before, Schema now) {
        List<String> differences = new ArrayList<>();
        for (Schema.Field field : now.getFields()) {
            Schema.Field was = before.getField(field.name());
            if (was == null) {
                differences.add("field " + field.name() + " is new");
            } else if (!was.schema().equals(field.schema())) {
                differences.add("field " + field.name() + " is of another type");
            }
        }
        for (Schema.Field field : before.getFields()) {
            if (now.getField(field.name()) == null) {
                differences.add("field " + field.name() + " is gone");
            }
        }
        return differences;
    }

    /** Whether rows of these columns, in whatever order, are values of a record: it has these fields and no other. */
    public static boolean takes(Schema schema, List<AvroColumn> columns) {
        return schema.getFields().size() == columns.size()
                && columns.stream().allMatch(column -> {
                    Schema.Field field = schema.getField(column.name());
                    return field != null && takes(field.schema(), column);
                });
    }

    private static boolean takes(Schema field, AvroColumn column) {
        Schema written = AvroTypes.schema(column.type());
        if (!field.isUnion()) {
            return !column.nullable() && AvroTypes.isSame(field, written);
        }
        List<Schema> types = field.getTypes();
        return types.size() == 2
                && types.get(0).getType() == Schema.Type.NULL
                && AvroTypes.isSame(types.get(1), written);
    }

    /**
     * The columns of a record.
     *
     * @param known what some of them were when they were written, which counts where the field still is of that type
     */
    public static List<AvroColumn> columns(Schema schema, Map<String, LogicalType> known) {
        return schema.getFields().stream()
                .map(field -> {
                    LogicalType written = known.get(field.name());
                    LogicalType type = written != null && AvroTypes.holds(field.schema(), written)
                            ? written
                            : AvroTypes.logical(field.schema());
                    return new AvroColumn(field.name(), type, AvroTypes.isNullable(field.schema()));
                })
                .toList();
    }

    /** The same record with these fields alone, in this order; empty where it lacks one. */
    static Optional<Schema> with(Schema schema, List<String> names) {
        List<Schema.Field> fields = new ArrayList<>();
        for (String name : names) {
            Schema.Field field = schema.getField(name);
            if (field == null) {
                return Optional.empty();
            }
            fields.add(new Schema.Field(field, field.schema()));
        }
        Schema record = Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
        // Fields have their aliases in records of this name and of these: without them a default would be read
        // silently.
        schema.getAliases().forEach(record::addAlias);
        record.putAll(schema);
        return Optional.of(record);
    }
}
