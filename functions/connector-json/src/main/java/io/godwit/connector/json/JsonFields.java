package io.godwit.connector.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys that a sample of objects has, with the narrowest types that hold their values. */
public final class JsonFields {
    private final Map<String, Guess> guesses = new LinkedHashMap<>();

    /**
     * One object.
     *
     * @throws JsonRowException where it is none
     */
    public void see(byte[] bytes, int offset, int length) throws JsonRowException {
        try (JsonParser parser = Json.FACTORY.createParser(bytes, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonRowException("no JSON object", null);
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                Guess guess = guesses.computeIfAbsent(parser.currentName(), name -> new Guess());
                JsonToken token = parser.nextToken();
                guess.see(token, token.isNumeric() ? parser.getText() : "");
                parser.skipChildren();
            }
        } catch (JsonProcessingException e) {
            throw new JsonRowException("no JSON", e);
        } catch (JsonRowException e) {
            throw e;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e); // bytes in memory are always read
        }
    }

    /** In the order in which the keys were first seen. */
    public List<JsonField> fields() {
        List<JsonField> fields = new ArrayList<>();
        guesses.forEach((name, guess) -> fields.add(new JsonField(name, guess.type())));
        return fields;
    }

    /** What a key's values are. */
    private static final class Guess {
        private final TypeGuess numbers = new TypeGuess();
        private boolean texts;
        private boolean bools;
        private boolean nested;
        private boolean number;

        void see(JsonToken token, String text) {
            switch (token) {
                case VALUE_NULL -> {}
                case VALUE_STRING -> texts = true;
                case VALUE_TRUE, VALUE_FALSE -> bools = true;
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                    number = true;
                    numbers.see(text);
                }
                default -> nested = true;
            }
        }

        /** JSON, where values are of different kinds or nested: whatever they are, they stay it. */
        LogicalType type() {
            int kinds = (texts ? 1 : 0) + (bools ? 1 : 0) + (number ? 1 : 0) + (nested ? 1 : 0);
            if (kinds > 1 || nested) {
                return Scalar.JSON;
            }
            if (number) {
                return numbers.type() == Scalar.TEXT ? Scalar.JSON : numbers.type();
            }
            return bools ? Scalar.BOOL : Scalar.TEXT;
        }
    }
}
