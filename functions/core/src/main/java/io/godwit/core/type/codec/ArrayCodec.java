package io.godwit.core.type.codec;

import io.godwit.core.type.value.ArrayValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arrays: int32 number of dimensions, int32 whether an element is NULL, int32 OID of the elements' type; per dimension
 * int32 length and int32 lower bound; then the elements, each with its length before it, -1 for NULL.
 *
 * @param elementOid written always; on reading others are refused where {@code anyOid} is not set
 * @param anyOid for elements whose type has another OID in every database
 * @param delimiter between elements in text
 */
record ArrayCodec(Codec<Object> element, int elementOid, boolean anyOid, char delimiter) implements Codec<ArrayValue> {

    @Override
    public ArrayValue read(FieldReader in) {
        int dimensions = in.int4();
        in.int4(); // the elements say themselves which of them are NULL
        int oid = in.int4();
        if (dimensions < 0 || dimensions > ArrayValue.MAX_DIMENSIONS || (oid != elementOid && !anyOid)) {
            throw new InvalidValueException("an array of " + dimensions + " dimensions with elements of type " + oid);
        }
        List<Integer> lengths = new ArrayList<>(dimensions);
        List<Integer> lowerBounds = new ArrayList<>(dimensions);
        long count = dimensions == 0 ? 0 : 1;
        for (int i = 0; i < dimensions; i++) {
            int length = in.int4();
            lengths.add(length);
            lowerBounds.add(in.int4());
            count *= length;
            if (length < 1 || count > in.remaining() / 4) {
                throw new InvalidValueException("an array with more elements than bytes");
            }
        }
        List<@Nullable Object> elements = new ArrayList<>((int) count);
        for (int i = 0; i < count; i++) {
            elements.add(readElement(in));
        }
        return new ArrayValue(lengths, lowerBounds, elements);
    }

    private @Nullable Object readElement(FieldReader in) {
        int length = in.int4();
        if (length == -1) {
            return null;
        }
        FieldReader part = in.part(length);
        Object value = element.read(part);
        part.end();
        return value;
    }

    @Override
    public void write(ArrayValue value, FieldWriter out) {
        out.int4(value.lengths().size());
        out.int4(value.elements().contains(null) ? 1 : 0);
        out.int4(elementOid);
        for (int i = 0; i < value.lengths().size(); i++) {
            out.int4(value.lengths().get(i));
            out.int4(value.lowerBounds().get(i));
        }
        for (Object one : value.elements()) {
            if (one == null) {
                out.int4(-1);
            } else {
                int began = out.beginElement();
                element.write(one, out);
                out.endElement(began);
            }
        }
    }

    @Override
    public String format(ArrayValue value) {
        return ArrayText.format(value, element, delimiter);
    }

    @Override
    public ArrayValue parse(String text) {
        return new ArrayText(text, element, delimiter).parse();
    }
}
