package io.godwit.platform.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.NullNode;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.platform.json.Json;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The answering side of {@link HttpQuestions}: from a method's name and the JSON of its question to the JSON of the
 * answer, which goes out with status 200. For endpoints that see the raw body; functions with typed bodies use
 * {@link Answer#of}.
 */
public final class QuestionDesk {
    private final Object answering;
    private final Map<String, Method> methods = new TreeMap<>();

    private QuestionDesk(Object answering) {
        this.answering = answering;
    }

    /** Answers the questions of one interface with an object that implements it. */
    public static <Q> QuestionDesk of(Class<Q> questions, Q answering) {
        QuestionDesk desk = new QuestionDesk(answering);
        for (Method method : questions.getMethods()) {
            if (method.getParameterCount() == 1) {
                desk.methods.put(method.getName(), method);
            }
        }
        return desk;
    }

    /** The names of the questions. */
    public Set<String> questions() {
        return Set.copyOf(methods.keySet());
    }

    /** The answer as JSON. Never throws an exception: a malformed question is answered with EVENT_MALFORMED. */
    public byte[] answer(String name, byte[] question) {
        return Json.bytes(Answer.of(() -> ask(name, reader -> reader.readValue(question))));
    }

    /** The same for an endpoint whose framework has parsed the body; null is a body that was missing. */
    public JsonNode answer(String name, @Nullable JsonNode question) {
        return Json.mapper().valueToTree(Answer.of(() -> ask(name, reader -> reader.readValue(orNull(question)))));
    }

    private static JsonNode orNull(@Nullable JsonNode question) {
        return question == null ? NullNode.getInstance() : question;
    }

    private Object ask(String name, Reading reading) {
        Method method = methods.get(name);
        if (method == null) {
            throw malformed("there is no question " + name, null);
        }
        Object read;
        try {
            read = reading.read(Json.mapper().readerFor(method.getParameterTypes()[0]));
        } catch (IOException malformed) {
            throw malformed(name + ": the question is not of its form", malformed);
        }
        if (read == null) {
            throw malformed(name + ": the question is null", null);
        }
        try {
            return method.invoke(answering, read);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(name, thrown.getCause());
        } catch (IllegalAccessException defect) {
            throw new IllegalStateException(name, defect);
        }
    }

    private static GodwitException malformed(String message, @Nullable Throwable cause) {
        return new GodwitException(ErrorCode.EVENT_MALFORMED, message, "See the schema of the question.", cause);
    }

    @FunctionalInterface
    private interface Reading {
        @Nullable
        Object read(ObjectReader reader) throws IOException;
    }
}
