package io.godwit.core.type.value;

import org.jspecify.annotations.Nullable;

/**
 * All values between two bounds.
 *
 * @param lower null: no lower bound
 * @param upper null: no upper bound
 * @param empty whether it holds nothing; the bounds are null then
 */
public record RangeValue<T>(
        @Nullable T lower, boolean lowerIncluded, @Nullable T upper, boolean upperIncluded, boolean empty) {

    public static <T> RangeValue<T> nothing() {
        return new RangeValue<>(null, false, null, false, true);
    }

    public RangeValue {
        if ((empty && (lower != null || upper != null))
                || (lower == null && lowerIncluded)
                || (upper == null && upperIncluded)) {
            throw new IllegalArgumentException("a bound that is not there is included");
        }
    }
}
