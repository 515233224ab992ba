package io.godwit.core.type.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Elements in a block of any number of dimensions; none where it is empty.
 *
 * @param lengths of each dimension
 * @param lowerBounds of each dimension, usually 1
 * @param elements in row-major order; null is NULL
 */
public record ArrayValue(List<Integer> lengths, List<Integer> lowerBounds, List<@Nullable Object> elements) {
    public static final int MAX_DIMENSIONS = 6;

    public ArrayValue {
        lengths = List.copyOf(lengths);
        lowerBounds = List.copyOf(lowerBounds);
        elements = Collections.unmodifiableList(new ArrayList<>(elements));
        long product = lengths.isEmpty() ? 0 : 1;
        for (int length : lengths) {
            product *= length;
            if (length < 1 || product > elements.size()) {
                throw new IllegalArgumentException("dimensions that are not those of the elements");
            }
        }
        if (product != elements.size() || lowerBounds.size() != lengths.size() || lengths.size() > MAX_DIMENSIONS) {
            throw new IllegalArgumentException("dimensions that are not those of the elements");
        }
    }

    /** One dimension from 1. */
    public static ArrayValue of(List<? extends @Nullable Object> elements) {
        return elements.isEmpty()
                ? new ArrayValue(List.of(), List.of(), List.of())
                : new ArrayValue(List.of(elements.size()), List.of(1), new ArrayList<>(elements));
    }
}
