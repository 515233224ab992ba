package io.godwit.core.type.codec;

import io.godwit.core.type.value.TextQuery;
import io.godwit.core.type.value.TextQuery.Not;
import io.godwit.core.type.value.TextQuery.Nothing;
import io.godwit.core.type.value.TextQuery.Operator;
import io.godwit.core.type.value.TextQuery.Pair;
import io.godwit.core.type.value.TextQuery.Word;

/**
 * tsquery: int32 how many items, then these in Polish notation with the right operand first. A word is byte 1, byte of
 * weights (A is 8, D is 1), byte whether a prefix, text and a zero byte. An operator is byte 2, byte 1 to 4 for NOT,
 * AND, OR and PHRASE, and for the last int16 distance.
 */
final class TextQueryCodec implements Codec<TextQuery> {
    private static final int WORD = 1;
    private static final int OPERATOR = 2;
    private static final int NOT = 1;
    private static final int AND = 2;
    private static final int OR = 3;
    private static final int PHRASE = 4;
    private static final int NOT_PRIORITY = 4;
    private static final int LEAST_ITEM_BYTES = 2;
    /** Queries nested deeper are refused, as both reading and writing recurse. */
    private static final int MAX_DEPTH = 1000;

    @Override
    public TextQuery read(FieldReader in) {
        int count = in.count(LEAST_ITEM_BYTES);
        return count == 0 ? new Nothing() : readItem(in, 0);
    }

    private static TextQuery readItem(FieldReader in, int depth) {
        if (depth > MAX_DEPTH) {
            throw new InvalidValueException("a query nested more than " + MAX_DEPTH + " deep");
        }
        int kind = in.int1();
        if (kind == WORD) {
            int weights = in.int1();
            boolean prefix = in.int1() != 0;
            StringBuilder letters = new StringBuilder();
            for (int i = 0; i < 4; i++) {
                letters.append((weights & (8 >> i)) == 0 ? "" : "ABCD".charAt(i));
            }
            return new Word(in.textToZero(), letters.toString(), prefix);
        }
        int operator = in.int1();
        if (kind != OPERATOR || operator < NOT || operator > PHRASE) {
            throw new InvalidValueException("a query with an item of kind " + kind);
        }
        if (operator == NOT) {
            return new Not(readItem(in, depth + 1));
        }
        int distance = operator == PHRASE ? in.int2() : 0;
        TextQuery right = readItem(in, depth + 1);
        Operator joins = operator == AND ? Operator.AND : operator == OR ? Operator.OR : Operator.PHRASE;
        return new Pair(joins, distance, readItem(in, depth + 1), right);
    }

    @Override
    public void write(TextQuery value, FieldWriter out) {
        int began = out.beginElement(); // the count's place
        int items = writeItem(value, out);
        out.patchInt4(began - 4, items);
    }

    private static int writeItem(TextQuery value, FieldWriter out) {
        if (value instanceof Word word) {
            int weights = 0;
            for (int i = 0; i < word.weights().length(); i++) {
                weights |= 8 >> (word.weights().charAt(i) - 'A');
            }
            out.int1(WORD);
            out.int1(weights);
            out.int1(word.prefix() ? 1 : 0);
            out.text(word.text());
            out.int1(0);
            return 1;
        }
        if (value instanceof Not not) {
            out.int1(OPERATOR);
            out.int1(NOT);
            return 1 + writeItem(not.query(), out);
        }
        if (value instanceof Pair pair) {
            out.int1(OPERATOR);
            out.int1(pair.operator() == Operator.AND ? AND : pair.operator() == Operator.OR ? OR : PHRASE);
            if (pair.operator() == Operator.PHRASE) {
                out.int2(pair.distance());
            }
            int right = writeItem(pair.right(), out);
            return 1 + right + writeItem(pair.left(), out);
        }
        return 0;
    }

    @Override
    public String format(TextQuery value) {
        StringBuilder text = new StringBuilder();
        format(value, -1, false, text);
        return text.toString();
    }

    private static int priority(Operator operator) {
        return switch (operator) {
            case OR -> 1;
            case AND -> 2;
            case PHRASE -> 3;
        };
    }

    /** @param priority of the operator around it */
    private static void format(TextQuery value, int priority, boolean isRight, StringBuilder text) {
        if (value instanceof Word word) {
            text.append(quoted(word.text()));
            text.append(word.prefix() || !word.weights().isEmpty() ? ":" : "");
            text.append(word.prefix() ? "*" : "").append(word.weights());
        } else if (value instanceof Not not) {
            format(not.query(), NOT_PRIORITY, false, text.append('!'));
        } else if (value instanceof Pair pair) {
            int own = priority(pair.operator());
            // The server leaves them out on the right of an equal operator, and so the query's shape.
            boolean parentheses = own < priority || (own == priority && isRight);
            text.append(parentheses ? "( " : "");
            format(pair.left(), own, false, text);
            text.append(
                    switch (pair.operator()) {
                        case OR -> " | ";
                        case AND -> " & ";
                        case PHRASE -> pair.distance() == 1 ? " <-> " : " <" + pair.distance() + "> ";
                    });
            format(pair.right(), own, true, text);
            text.append(parentheses ? " )" : "");
        }
    }

    @Override
    public TextQuery parse(String text) {
        return new TextQueryParser(text).parse();
    }

    /** A lexeme as both tsvector and tsquery write it. */
    static String quoted(String lexeme) {
        return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    /** Reads a lexeme that is quoted, or ends before a blank or one of the characters. */
    static String word(TextCursor cursor, String ends) {
        StringBuilder word = new StringBuilder();
        if (cursor.skip('\'')) {
            cursor.quoted('\'', word);
        } else {
            while (!cursor.atEnd() && !TextCursor.isBlank(cursor.peek()) && ends.indexOf(cursor.peek()) < 0) {
                cursor.skip('\\');
                word.append(cursor.next());
            }
        }
        if (word.length() == 0 || word.indexOf("\0") >= 0) {
            throw cursor.malformed();
        }
        return word.toString();
    }
}
