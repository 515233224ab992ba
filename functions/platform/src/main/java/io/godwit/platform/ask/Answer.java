package io.godwit.platform.ask;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.error.GodwitException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a question brought: its value or a coded error, one of the two. Travels with HTTP status 200 in both cases. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Answer<T>(@Nullable T value, @Nullable ErrorInfo error) {
    public Answer {
        if ((value == null) == (error == null)) {
            throw new IllegalArgumentException("an answer is either a value or an error");
        }
    }

    /**
     * Asks, and holds what came: {@code return Answer.of(() -> reader.splitSource(question))}. Never throws an
     * exception.
     */
    public static <T> Answer<T> of(Supplier<T> question) {
        try {
            return new Answer<>(question.get(), null);
        } catch (GodwitException coded) {
            return new Answer<>(null, coded.info());
        } catch (RuntimeException defect) {
            System.getLogger(Answer.class.getName()).log(System.Logger.Level.ERROR, "a question met a defect", defect);
            // The message of a foreign exception may quote rows or secrets: only its kind travels.
            return new Answer<>(
                    null,
                    new ErrorInfo(
                            ErrorCode.DEFECT,
                            "a defect: " + defect.getClass().getName(),
                            "See the function's log, and report it."));
        }
    }

    /**
     * The value.
     *
     * @throws GodwitException the error, where it is one
     */
    public T orThrow() {
        if (error != null) {
            throw error.toException();
        }
        if (value == null) {
            throw new IllegalStateException("an answer is either a value or an error");
        }
        return value;
    }
}
