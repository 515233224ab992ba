package io.godwit.core.expression;

import static io.godwit.core.expression.Function.Parameter.once;
import static io.godwit.core.expression.Function.Parameter.optional;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.core.expression.Function.Kind;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.VarChar;
import io.godwit.core.type.codec.FieldReader;
import io.godwit.core.type.codec.InvalidValueException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Functions that keep people's data private. */
final class PrivacyFunctions {
    /** Those whose outcome is seen where their argument is not to be. */
    static final Set<String> HIDING = Set.of("hash", "hmac", "tokenize", "mask", "anonymize", "encrypt");

    private static final int HEX_OF_HASH = 64;
    private static final int HEX_OF_TOKEN = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private PrivacyFunctions() {}

    static List<Function> all() {
        return List.of(
                new Function(
                        "hash",
                        List.of(once("value", Kind.ANY), optional("algorithm", Kind.LITERAL)),
                        "varchar(64)",
                        "SHA-256 of the text form in UTF-8, of a bytea's bytes, as 64 hexadecimal digits. Whoever"
                                + " guesses a value can check the guess: rather use hmac for what can be guessed.",
                        "hash('abc', 'sha256')",
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                        true,
                        PrivacyFunctions::hash),
                new Function(
                        "hmac",
                        List.of(once("value", Kind.ANY), once("key", Kind.KEY)),
                        "varchar(64)",
                        "HMAC-SHA-256 of the same under a key, as 64 hexadecimal digits.",
                        "hmac('abc', 'env:GODWIT_EXAMPLE_KEY')",
                        "f0133729c4163dede81e21cd47839256da58171238c8a0d874397c73b14e1e47",
                        true,
                        call -> {
                            KeyedHash hash = new KeyedHash(call.key(1));
                            return ofBytes(call, new VarChar(HEX_OF_HASH), hash::hexOf);
                        }),
                new Function(
                        "tokenize",
                        List.of(once("value", Kind.TEXT_FORM), once("key", Kind.KEY)),
                        "varchar(32)",
                        "A token that stands for the value: the same for the same value and key, so that tables still"
                                + " join. It has 32 hexadecimal digits, and nothing leads back.",
                        "tokenize('abc', 'env:GODWIT_EXAMPLE_KEY')",
                        "5d825ded678582ec38153ed7d9745d38",
                        true,
                        call -> {
                            KeyedHash hash = new KeyedHash(call.key(1));
                            return call.ofText(
                                    new VarChar(HEX_OF_TOKEN),
                                    text -> KeyedHash.hex(
                                            hash.of(("token\0" + text).getBytes(UTF_8)), HEX_OF_TOKEN / 2));
                        }),
                new Function(
                        "mask",
                        List.of(once("text", Kind.TEXT), optional("keep", Kind.WHOLE), optional("with", Kind.LITERAL)),
                        "text, no longer",
                        "Every character but the last keep ones becomes * or another one.",
                        "mask('4111111111111234', 4)",
                        "************1234",
                        true,
                        PrivacyFunctions::mask),
                new Function(
                        "anonymize",
                        List.of(once("text", Kind.TEXT)),
                        "text, no longer",
                        "Small letters become x, capital ones X, digits 0: only the form is left.",
                        "anonymize('Ada 1815-12-10')",
                        "Xxx 0000-00-00",
                        true,
                        call -> call.keepingLength(text -> TextFunctions.mapped(text, PrivacyFunctions::anonymous))),
                new Function(
                        "encrypt",
                        List.of(once("value", Kind.TEXT_FORM), once("key", Kind.KEY)),
                        "text",
                        "AES-256-GCM of the text form under a key, as base64; each time another text.",
                        "length(encrypt('abc', 'env:GODWIT_EXAMPLE_KEY'))",
                        "48",
                        false,
                        call -> {
                            ColumnCipher cipher = new ColumnCipher(call.key(1));
                            return call.ofText(
                                    Scalar.TEXT,
                                    text -> Base64.getEncoder()
                                            .encodeToString(cipher.encrypt(text.getBytes(UTF_8), RANDOM)));
                        }),
                new Function(
                        "decrypt",
                        List.of(once("text", Kind.TEXT), once("key", Kind.KEY)),
                        "text",
                        "What was encrypted. Another key, or a changed text, fails.",
                        "decrypt(encrypt('abc', 'env:GODWIT_EXAMPLE_KEY'), 'env:GODWIT_EXAMPLE_KEY')",
                        "abc",
                        true,
                        call -> {
                            ColumnCipher cipher = new ColumnCipher(call.key(1));
                            return call.ofText(Scalar.TEXT, text -> decrypt(cipher, text));
                        }));
    }

    private static Typed hash(Arguments call) {
        if (call.has(1)
                && !call.literal(1).toLowerCase(Locale.ROOT).replace("-", "").equals("sha256")) {
            throw new InvalidValueException("the algorithm is sha256");
        }
        MessageDigest digest = KeyedHash.sha256();
        return ofBytes(call, new VarChar(HEX_OF_HASH), bytes -> KeyedHash.hex(digest.digest(bytes)));
    }

    /** Of one value's bytes. */
    @FunctionalInterface
    private interface BytesFunction {
        String of(byte[] bytes);
    }

    private static Typed ofBytes(Arguments call, LogicalType type, BytesFunction function) {
        if (call.type(0) == Scalar.BYTEA) {
            Evaluator bytes = call.evaluator(0);
            return Typed.of(type, row -> {
                Object value = bytes.of(row);
                return value == null ? null : function.of((byte[]) value);
            });
        }
        Evaluator text = Conversions.toText(call.typed(0)).evaluator();
        return Typed.of(type, row -> {
            Object value = text.of(row);
            return value == null ? null : function.of(((String) value).getBytes(UTF_8));
        });
    }

    private static Typed mask(Arguments call) {
        String with = call.has(2) ? call.literal(2) : "*";
        if (with.codePointCount(0, with.length()) != 1) {
            throw new InvalidValueException("what stands for a character is one character");
        }
        Evaluator text = call.evaluator(0);
        Evaluator keep = call.has(1) ? call.evaluator(1) : row -> 0;
        return Typed.of(Typed.textOf(Typed.longest(call.type(0))), row -> {
            Object value = text.of(row);
            Object kept = keep.of(row);
            return value == null || kept == null ? null : masked((String) value, ((Number) kept).longValue(), with);
        });
    }

    private static String masked(String text, long keep, String with) {
        int characters = text.codePointCount(0, text.length());
        int hidden = (int) (characters - Math.max(0, Math.min(keep, characters)));
        return with.repeat(hidden) + text.substring(text.offsetByCodePoints(0, hidden));
    }

    private static int anonymous(int letter) {
        if (Character.isDigit(letter)) {
            return '0';
        }
        return Character.isUpperCase(letter) ? 'X' : Character.isLetter(letter) ? 'x' : letter;
    }

    private static String decrypt(ColumnCipher cipher, String text) {
        byte[] sealed;
        try {
            sealed = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            throw new InvalidValueException("it was not made by encrypt");
        }
        byte[] value = cipher.decrypt(sealed);
        return new FieldReader(value, 0, value.length).text();
    }
}
