package io.godwit.core.type.codec;

import io.godwit.core.type.value.TextQuery;
import io.godwit.core.type.value.TextQuery.Not;
import io.godwit.core.type.value.TextQuery.Nothing;
import io.godwit.core.type.value.TextQuery.Operator;
import io.godwit.core.type.value.TextQuery.Pair;
import io.godwit.core.type.value.TextQuery.Word;
import java.util.Locale;

/** Reads {@code 'fat':*A & ( 'rat' | !'cat' <2> 'dog' )}. Operators of one kind group from the left. */
final class TextQueryParser {
    private static final int MAX_DEPTH = 300;
    private static final int MAX_DISTANCE = 16384;

    private final TextCursor cursor;
    private int depth;

    TextQueryParser(String text) {
        cursor = new TextCursor(text, "a tsquery");
    }

    TextQuery parse() {
        if (cursor.blanks().atEnd()) {
            return new Nothing();
        }
        TextQuery query = either();
        cursor.expectEnd();
        return query;
    }

    private TextQuery either() {
        TextQuery left = both();
        while (cursor.blanks().skip('|')) {
            left = new Pair(Operator.OR, 0, left, both());
        }
        return left;
    }

    private TextQuery both() {
        TextQuery left = phrase();
        while (cursor.blanks().skip('&')) {
            left = new Pair(Operator.AND, 0, left, phrase());
        }
        return left;
    }

    private TextQuery phrase() {
        TextQuery left = single();
        while (cursor.blanks().skip('<')) {
            int distance = cursor.skip('-') ? 1 : cursor.number(false);
            cursor.expect('>');
            if (distance < 0 || distance > MAX_DISTANCE) {
                throw cursor.malformed();
            }
            left = new Pair(Operator.PHRASE, distance, left, single());
        }
        return left;
    }

    private TextQuery single() {
        if (++depth > MAX_DEPTH) {
            throw cursor.malformed();
        }
        TextQuery query;
        if (cursor.blanks().skip('!')) {
            query = new Not(single());
        } else if (cursor.skip('(')) {
            query = either();
            cursor.blanks().expect(')');
        } else {
            query = word();
        }
        depth--;
        return query;
    }

    private TextQuery word() {
        String text = TextQueryCodec.word(cursor, ":|&!()<");
        StringBuilder flags = new StringBuilder();
        if (cursor.skip(':')) {
            while ("*ABCDabcd".indexOf(cursor.peek()) >= 0) {
                flags.append(cursor.next());
            }
        }
        String upper = flags.toString().toUpperCase(Locale.ROOT);
        StringBuilder weights = new StringBuilder();
        for (char weight = 'A'; weight <= 'D'; weight++) {
            weights.append(upper.indexOf(weight) >= 0 ? weight : "");
        }
        return new Word(text, weights.toString(), upper.indexOf('*') >= 0);
    }
}
