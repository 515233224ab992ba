package io.godwit.connector.file.format.parquet;

import static java.util.Objects.requireNonNull;

import io.godwit.connector.file.store.UnfitFilesException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** A schema as it stands in a footer: a list of elements, each group before its fields. */
final class ParquetSchema {
    private static final int DEEPEST = 64;

    private final List<SchemaElement> elements;
    private int next;

    private ParquetSchema(List<SchemaElement> elements) {
        this.elements = elements;
    }

    /**
     * Reads it.
     *
     * @throws UnfitFilesException or a RuntimeException where it is none
     */
    static MessageType read(List<SchemaElement> elements) throws UnfitFilesException {
        ParquetSchema schema = new ParquetSchema(elements);
        SchemaElement root = schema.take();
        return new MessageType("schema", schema.fields(root, 0));
    }

    private SchemaElement take() throws UnfitFilesException {
        if (next >= elements.size()) {
            throw new UnfitFilesException("its schema breaks off");
        }
        return elements.get(next++);
    }

    private List<org.apache.parquet.schema.Type> fields(SchemaElement group, int depth) throws UnfitFilesException {
        if (depth > DEEPEST) {
            throw new UnfitFilesException("its schema is nested more than " + DEEPEST + " deep");
        }
        List<org.apache.parquet.schema.Type> fields = new ArrayList<>();
        for (int i = 0; i < group.getNum_children(); i++) {
            SchemaElement element = take();
            Repetition repetition = Repetition.valueOf(
                    requireNonNull(element.getRepetition_type()).name());
            if (element.isSetType()) {
                fields.add(Types.primitive(physical(requireNonNull(element.getType())), repetition)
                        .length(element.isSetType_length() ? element.getType_length() : 0)
                        .as(annotation(element))
                        .named(element.getName()));
            } else {
                Types.GroupBuilder<org.apache.parquet.schema.GroupType> made = Types.buildGroup(repetition);
                fields(element, depth + 1).forEach(made::addField);
                fields.add(made.as(nesting(element)).named(element.getName()));
            }
        }
        return fields;
    }

    private static PrimitiveTypeName physical(Type type) {
        return type == Type.BYTE_ARRAY ? PrimitiveTypeName.BINARY : PrimitiveTypeName.valueOf(type.name());
    }

    private static @Nullable LogicalTypeAnnotation nesting(SchemaElement element) {
        LogicalType type = element.getLogicalType();
        if (type != null) {
            return type.isSetLIST()
                    ? LogicalTypeAnnotation.listType()
                    : type.isSetMAP() ? LogicalTypeAnnotation.mapType() : null;
        }
        ConvertedType old = element.getConverted_type();
        return old == ConvertedType.LIST
                ? LogicalTypeAnnotation.listType()
                : old == ConvertedType.MAP || old == ConvertedType.MAP_KEY_VALUE
                        ? LogicalTypeAnnotation.mapType()
                        : null;
    }

    private static @Nullable LogicalTypeAnnotation annotation(SchemaElement element) {
        LogicalType type = element.getLogicalType();
        if (type != null) {
            if (type.isSetSTRING()) {
                return LogicalTypeAnnotation.stringType();
            } else if (type.isSetENUM()) {
                return LogicalTypeAnnotation.enumType();
            } else if (type.isSetDECIMAL()) {
                return LogicalTypeAnnotation.decimalType(
                        type.getDECIMAL().getScale(), type.getDECIMAL().getPrecision());
            } else if (type.isSetDATE()) {
                return LogicalTypeAnnotation.dateType();
            } else if (type.isSetTIME()) {
                return LogicalTypeAnnotation.timeType(
                        type.getTIME().isIsAdjustedToUTC(), unit(type.getTIME().getUnit()));
            } else if (type.isSetTIMESTAMP()) {
                return LogicalTypeAnnotation.timestampType(
                        type.getTIMESTAMP().isIsAdjustedToUTC(),
                        unit(type.getTIMESTAMP().getUnit()));
            } else if (type.isSetINTEGER()) {
                return LogicalTypeAnnotation.intType(
                        type.getINTEGER().getBitWidth(), type.getINTEGER().isIsSigned());
            } else if (type.isSetJSON()) {
                return LogicalTypeAnnotation.jsonType();
            } else if (type.isSetUUID()) {
                return LogicalTypeAnnotation.uuidType();
            } else if (type.isSetFLOAT16()) {
                return LogicalTypeAnnotation.float16Type();
            }
            return null;
        }
        ConvertedType old = element.getConverted_type();
        return old == null ? null : old(old, element);
    }

    private static TimeUnit unit(org.apache.parquet.format.@Nullable TimeUnit unit) {
        return requireNonNull(unit).isSetMILLIS()
                ? TimeUnit.MILLIS
                : unit.isSetMICROS() ? TimeUnit.MICROS : TimeUnit.NANOS;
    }

    /** Of files from before 2018. */
    private static @Nullable LogicalTypeAnnotation old(ConvertedType type, SchemaElement element) {
        return switch (type) {
            case UTF8 -> LogicalTypeAnnotation.stringType();
            case ENUM -> LogicalTypeAnnotation.enumType();
            case DECIMAL -> LogicalTypeAnnotation.decimalType(element.getScale(), element.getPrecision());
            case DATE -> LogicalTypeAnnotation.dateType();
            case TIME_MILLIS -> LogicalTypeAnnotation.timeType(true, TimeUnit.MILLIS);
            case TIME_MICROS -> LogicalTypeAnnotation.timeType(true, TimeUnit.MICROS);
            case TIMESTAMP_MILLIS -> LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS);
            case TIMESTAMP_MICROS -> LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS);
            case UINT_8, UINT_16, UINT_32, UINT_64, INT_8, INT_16, INT_32, INT_64 -> {
                String[] words = type.name().split("_", 2);
                yield LogicalTypeAnnotation.intType(Integer.parseInt(words[1]), words[0].equals("INT"));
            }
            case JSON -> LogicalTypeAnnotation.jsonType();
            case INTERVAL -> LogicalTypeAnnotation.intervalType();
            case BSON, LIST, MAP, MAP_KEY_VALUE -> null;
        };
    }

    /** The elements of columns that {@link ParquetTypes#column} made. */
    static List<SchemaElement> write(List<PrimitiveType> columns) {
        List<SchemaElement> elements = new ArrayList<>();
        elements.add(new SchemaElement("schema").setNum_children(columns.size()));
        for (PrimitiveType column : columns) {
            SchemaElement element = new SchemaElement(column.getName())
                    .setRepetition_type(FieldRepetitionType.OPTIONAL)
                    .setType(physical(column.getPrimitiveTypeName()));
            if (column.getTypeLength() > 0) {
                element.setType_length(column.getTypeLength());
            }
            annotate(element, column.getLogicalTypeAnnotation());
            elements.add(element);
        }
        return elements;
    }

    static Type physical(PrimitiveTypeName type) {
        return type == PrimitiveTypeName.BINARY ? Type.BYTE_ARRAY : Type.valueOf(type.name());
    }

    /** In both forms, the old one for old readers. */
    private static void annotate(SchemaElement element, @Nullable LogicalTypeAnnotation annotation) {
        org.apache.parquet.format.TimeUnit micros = org.apache.parquet.format.TimeUnit.MICROS(new MicroSeconds());
        if (annotation instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation) {
            element.setLogicalType(LogicalType.STRING(new org.apache.parquet.format.StringType()));
            element.setConverted_type(ConvertedType.UTF8);
        } else if (annotation instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation) {
            element.setLogicalType(LogicalType.ENUM(new org.apache.parquet.format.EnumType()));
            element.setConverted_type(ConvertedType.ENUM);
        } else if (annotation instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation) {
            element.setLogicalType(LogicalType.JSON(new org.apache.parquet.format.JsonType()));
            element.setConverted_type(ConvertedType.JSON);
        } else if (annotation instanceof LogicalTypeAnnotation.UUIDLogicalTypeAnnotation) {
            element.setLogicalType(LogicalType.UUID(new org.apache.parquet.format.UUIDType()));
        } else if (annotation instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
            element.setLogicalType(LogicalType.DATE(new org.apache.parquet.format.DateType()));
            element.setConverted_type(ConvertedType.DATE);
        } else if (annotation instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation whole) {
            element.setLogicalType(LogicalType.INTEGER(new IntType((byte) whole.getBitWidth(), whole.isSigned())));
            element.setConverted_type(ConvertedType.INT_16);
        } else if (annotation instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation decimal) {
            element.setLogicalType(LogicalType.DECIMAL(new DecimalType(decimal.getScale(), decimal.getPrecision())));
            element.setConverted_type(ConvertedType.DECIMAL)
                    .setScale(decimal.getScale())
                    .setPrecision(decimal.getPrecision());
        } else if (annotation instanceof LogicalTypeAnnotation.TimeLogicalTypeAnnotation) {
            element.setLogicalType(LogicalType.TIME(new TimeType(false, micros)));
        } else if (annotation instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation moment) {
            element.setLogicalType(LogicalType.TIMESTAMP(new TimestampType(moment.isAdjustedToUTC(), micros)));
            if (moment.isAdjustedToUTC()) {
                element.setConverted_type(ConvertedType.TIMESTAMP_MICROS); // which means UTC, and only that
            }
        }
    }
}
