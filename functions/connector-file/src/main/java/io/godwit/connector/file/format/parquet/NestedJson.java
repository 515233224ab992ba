package io.godwit.connector.file.format.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.godwit.connector.json.FieldText;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.codec.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * A nested column as JSON: lists as arrays, structures as objects, maps as arrays of objects with a key and a value,
 * since a key need not be a text nor stand once. Numbers are JSON's where they are finite; all else is the text of the
 * value.
 */
final class NestedJson extends RecordMaterializer<JsonNode> {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** What a node takes in memory, at least. */
    private static final int NODE_BYTES = 16;

    private final long most;
    private final Group root;
    private long bytes;
    private @Nullable InvalidValueException invalid;

    /** @param most bytes of one value; a larger one is refused while it is put together */
    NestedJson(MessageType column, long most) {
        this.most = most;
        this.root = new Group(column, node -> {});
    }

    static boolean isNested(Type field) {
        return !field.isPrimitive() || field.isRepetition(Type.Repetition.REPEATED);
    }

    /**
     * The value of the row that was read: an object with one key, or none where it is NULL.
     *
     * @throws InvalidValueException where a part of it has no place in its type; of the whole row, so that the next one
     *     can be read
     */
    @Override
    public JsonNode getCurrentRecord() {
        InvalidValueException first = invalid;
        if (first != null) {
            invalid = null;
            throw first;
        }
        return root.object;
    }

    @Override
    public GroupConverter getRootConverter() {
        return root;
    }

    private JsonNode count(JsonNode node, long length) {
        bytes += NODE_BYTES + length;
        if (bytes > most) {
            throw new TooLargeException();
        }
        return node;
    }

    /** A value that is larger than a row may be. */
    static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private Converter converter(Type field, Consumer<JsonNode> to) {
        if (field.isPrimitive()) {
            return new Leaf(field.asPrimitiveType(), to);
        }
        GroupType group = field.asGroupType();
        boolean list = group.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation
                || group.getLogicalTypeAnnotation() instanceof MapLogicalTypeAnnotation;
        boolean wraps = list && group.getFieldCount() == 1 && group.getType(0).isRepetition(Type.Repetition.REPEATED);
        return wraps ? new Elements(group, to) : new Group(group, to);
    }

    /** A structure. */
    private final class Group extends GroupConverter {
        private final GroupType type;
        private final List<Converter> fields = new ArrayList<>();
        private final Consumer<JsonNode> to;
        private ObjectNode object = JSON.objectNode();

        Group(GroupType type, Consumer<JsonNode> to) {
            this.type = type;
            this.to = to;
            for (Type field : type.getFields()) {
                String name = field.getName();
                fields.add(converter(
                        field,
                        field.isRepetition(Type.Repetition.REPEATED)
                                ? node -> object.withArray("/" + escaped(name)).add(node)
                                : node -> object.set(name, node)));
            }
        }

        /** As a JSON pointer wants it. */
        private static String escaped(String name) {
            return name.replace("~", "~0").replace("/", "~1");
        }

        @Override
        public Converter getConverter(int field) {
            return fields.get(field);
        }

        @Override
        public void start() {
            object = JSON.objectNode();
            if (this == root) {
                bytes = 0;
            }
        }

        @Override
        public void end() {
            ObjectNode whole = object;
            if (this != root) {
                for (Type field : type.getFields()) {
                    if (!whole.has(field.getName())) {
                        whole.set(
                                field.getName(),
                                field.isRepetition(Type.Repetition.REPEATED) ? JSON.arrayNode() : JSON.nullNode());
                    }
                }
                to.accept(count(whole, 0));
            }
        }
    }

    /** A list, or a map: a group whose one field repeats. */
    private final class Elements extends GroupConverter {
        private final Converter element;
        private final Consumer<JsonNode> to;
        private ArrayNode array = JSON.arrayNode();

        Elements(GroupType list, Consumer<JsonNode> to) {
            this.to = to;
            Type repeated = list.getType(0);
            this.element = wraps(list, repeated)
                    ? new Element(repeated.asGroupType().getType(0))
                    : converter(repeated, node -> array.add(node));
        }

        @Override
        public Converter getConverter(int field) {
            return element;
        }

        @Override
        public void start() {
            array = JSON.arrayNode();
        }

        @Override
        public void end() {
            to.accept(count(array, 0));
        }

        /**
         * Whether the repeated group is none of the value's, but there so that an element may be missing. What is the
         * element itself in files of older writers is told by <a
         * href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#lists">the format's rules</a>.
         */
        private static boolean wraps(GroupType list, Type repeated) {
            if (repeated.isPrimitive() || repeated.asGroupType().getFieldCount() != 1) {
                return false;
            }
            boolean isList = list.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation;
            boolean isElement = repeated.asGroupType().getType(0).isRepetition(Type.Repetition.REPEATED)
                    || repeated.getName().equals("array")
                    || repeated.getName().equals(list.getName() + "_tuple");
            return !isList || !isElement;
        }

        /** The group around each element, in which it may be missing. */
        private final class Element extends GroupConverter {
            private final Converter value;
            private @Nullable JsonNode node;

            Element(Type type) {
                this.value = converter(type, found -> node = found);
            }

            @Override
            public Converter getConverter(int field) {
                return value;
            }

            @Override
            public void start() {
                node = null;
            }

            @Override
            public void end() {
                array.add(node == null ? count(JSON.nullNode(), 0) : node);
            }
        }
    }

    private final class Leaf extends PrimitiveConverter {
        private final HeldValue held = new HeldValue();
        private final FieldWriter scratch = new FieldWriter();
        private final FieldDecoder decoder;
        private final FieldText text;
        private final LogicalType type;
        private final Consumer<JsonNode> to;

        Leaf(PrimitiveType column, Consumer<JsonNode> to) {
            this.type = ParquetTypes.logical(column);
            this.decoder = FieldDecoder.of(column);
            this.text = FieldText.of(type);
            this.to = to;
        }

        private void add() {
            scratch.clear();
            try {
                decoder.read(held, scratch);
                String value = text.of(scratch.array(), 0, scratch.length());
                to.accept(count(node(value), value.length()));
            } catch (InvalidValueException e) {
                invalid = e;
            }
        }

        private JsonNode node(String value) {
            if (type == Scalar.BOOL) {
                return JSON.booleanNode(value.equals("true"));
            }
            boolean number = type == Scalar.INT2
                    || type == Scalar.INT4
                    || type == Scalar.INT8
                    || type == Scalar.FLOAT4
                    || type == Scalar.FLOAT8
                    || type instanceof Decimal;
            if (number && !Character.isLetter(value.charAt(value.length() - 1))) {
                return JSON.rawValueNode(new RawValue(value)); // all its digits, as they are
            }
            if (value.indexOf(0) >= 0) {
                throw new InvalidValueException("a text with U+0000 within a nested value");
            }
            return JSON.textNode(value);
        }

        @Override
        public void addBinary(Binary value) {
            held.hold(value);
            add();
        }

        @Override
        public void addBoolean(boolean value) {
            held.hold(value ? 1L : 0L);
            add();
        }

        @Override
        public void addInt(int value) {
            held.hold((long) value);
            add();
        }

        @Override
        public void addLong(long value) {
            held.hold(value);
            add();
        }

        @Override
        public void addFloat(float value) {
            held.hold((double) value);
            add();
        }

        @Override
        public void addDouble(double value) {
            held.hold(value);
            add();
        }
    }
}
