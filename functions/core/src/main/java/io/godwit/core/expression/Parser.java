package io.godwit.core.expression;

import io.godwit.core.error.GodwitException;
import io.godwit.core.expression.Token.Kind;
import io.godwit.core.job.TypeWord;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.VarChar;
import io.godwit.core.type.value.DecimalValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Text to nodes, by recursive descent. Operators bind as in SQL. */
final class Parser {
    static final int MOST_CHARACTERS = 10_000;
    static final int MOST_NODES = 1_000;
    static final int DEEPEST = 50;

    private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", "<=", ">", ">=");
    private static final Set<String> KEYWORDS = Set.of(
            "and", "or", "not", "is", "in", "null", "true", "false", "cast", "as", "case", "when", "then", "else",
            "end");

    private final String text;
    private final List<Token> tokens;
    private int next;
    private int depth;
    private int nodes;

    private Parser(String text) {
        this.text = text;
        this.tokens = Lexer.tokens(text);
    }

    /** @throws GodwitException JOB_FILE_INVALID with the place */
    static Node parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw Problem.at(
                    text, MOST_CHARACTERS, "more than " + MOST_CHARACTERS + " characters", "Compute less in one go.");
        }
        Parser parser = new Parser(text);
        Node node = parser.or();
        if (parser.peek().kind() != Kind.END) {
            throw parser.unexpected("the end or an operator");
        }
        return node;
    }

    private Node or() {
        if (++depth > DEEPEST) {
            throw Problem.at(text, peek().at(), "nested more than " + DEEPEST + " deep", "Nest less.");
        }
        Node left = and();
        while (peek().is("or")) {
            left = binary(left, this::and);
        }
        depth--;
        return left;
    }

    private Node and() {
        Node left = not();
        while (peek().is("and")) {
            left = binary(left, this::not);
        }
        return left;
    }

    private Node not() {
        Token not = peek();
        if (!take("not")) {
            return comparison();
        }
        return new Node.Not(counted(not.at()), nested(this::not));
    }

    private Node comparison() {
        Node left = concatenation();
        Token word = peek();
        if (word.kind() == Kind.SYMBOL && COMPARISONS.contains(word.text())) {
            return binary(left, this::concatenation);
        }
        if (take("is")) {
            boolean negated = take("not");
            require("null");
            Node isNull = new Node.IsNull(counted(word.at()), left);
            return negated ? new Node.Not(counted(word.at()), isNull) : isNull;
        }
        if (take("in")) {
            return in(word.at(), left);
        }
        if (word.is("not") && tokens.get(next + 1).is("in")) {
            next += 2;
            return new Node.Not(counted(word.at()), in(word.at(), left));
        }
        return left;
    }

    private Node in(int at, Node left) {
        require("(");
        Node any = null;
        do {
            Node equal = new Node.Binary(counted(at), "=", left, concatenation());
            any = any == null ? equal : new Node.Binary(counted(at), "or", any, equal);
        } while (take(","));
        require(")");
        return any;
    }

    private Node concatenation() {
        Node left = sum();
        while (peek().is("||")) {
            left = binary(left, this::sum);
        }
        return left;
    }

    private Node sum() {
        Node left = product();
        while (peek().is("+") || peek().is("-")) {
            left = binary(left, this::product);
        }
        return left;
    }

    private Node product() {
        Node left = signed();
        while (peek().is("*") || peek().is("/")) {
            left = binary(left, this::signed);
        }
        return left;
    }

    private Node signed() {
        Token minus = peek();
        if (!take("-")) {
            return primary();
        }
        Token first = peek();
        if (first.kind() == Kind.NUMBER) {
            next++;
            return number(minus.at(), "-" + first.text());
        }
        return new Node.Minus(counted(minus.at()), nested(this::signed));
    }

    private Node primary() {
        Token word = tokens.get(next);
        if (take("(")) {
            Node inner = or();
            require(")");
            return inner;
        }
        if (word.kind() == Kind.SYMBOL || word.kind() == Kind.END) {
            throw unexpected("a column, a value or a function");
        }
        next++;
        return switch (word.kind()) {
            case TEXT -> text(word);
            case NUMBER -> number(word.at(), word.text());
            case QUOTED -> new Node.ColumnName(counted(word.at()), word.text());
            default -> named(word);
        };
    }

    private Node named(Token word) {
        String name = word.text().toLowerCase(Locale.ROOT);
        if (!KEYWORDS.contains(name)) {
            return take("(") ? call(word) : new Node.ColumnName(counted(word.at()), word.text());
        }
        return switch (name) {
            case "true", "false" -> new Node.Literal(counted(word.at()), Scalar.BOOL, name.equals("true"));
            case "null" -> new Node.Literal(counted(word.at()), Scalar.TEXT, null);
            case "cast" -> cast(word);
            case "case" -> cases(word);
            default -> {
                next--;
                throw unexpected("a column, a value or a function");
            }
        };
    }

    private Node call(Token name) {
        List<Node> arguments = new ArrayList<>();
        if (!take(")")) {
            do {
                arguments.add(or());
            } while (take(","));
            require(")");
        }
        return new Node.Call(counted(name.at()), name.text().toLowerCase(Locale.ROOT), List.copyOf(arguments));
    }

    private Node cast(Token cast) {
        require("(");
        Node of = or();
        require("as");
        Token first = peek();
        int open = 0;
        while (peek().kind() != Kind.END && !(open == 0 && peek().is(")"))) {
            open += peek().is("(") ? 1 : peek().is(")") ? -1 : 0;
            next++;
        }
        String word = text.substring(first.at(), Math.max(first.at(), peek().at()));
        require(")");
        try {
            return new Node.Cast(counted(cast.at()), of, TypeWord.parse(word.strip()));
        } catch (GodwitException unknown) {
            throw Problem.at(text, first.at(), unknown.info().message(), unknown.remedy());
        }
    }

    private Node cases(Token begin) {
        List<Node> conditions = new ArrayList<>();
        List<Node> results = new ArrayList<>();
        while (take("when")) {
            conditions.add(or());
            require("then");
            results.add(or());
        }
        if (conditions.isEmpty()) {
            throw unexpected("when");
        }
        Node otherwise = take("else") ? or() : null;
        require("end");
        return new Node.Case(counted(begin.at()), conditions, results, otherwise);
    }

    private Node text(Token word) {
        int length = Math.max(1, word.text().codePointCount(0, word.text().length()));
        return new Node.Literal(counted(word.at()), new VarChar(length), word.text());
    }

    private Node number(int at, String digits) {
        int place = counted(at);
        BigDecimal value = new BigDecimal(digits);
        if (digits.indexOf('.') < 0 && value.unscaledValue().bitLength() < Long.SIZE) {
            long whole = value.longValueExact();
            boolean small = whole == (int) whole;
            LogicalType type = small ? Scalar.INT4 : Scalar.INT8;
            return small ? new Node.Literal(place, type, (int) whole) : new Node.Literal(place, type, whole);
        }
        return new Node.Literal(place, new Decimal(null, null), DecimalValue.of(value));
    }

    /** One part of a recursion that does not go by way of parentheses. */
    private Node nested(Part part) {
        if (++depth > DEEPEST) {
            throw Problem.at(text, peek().at(), "nested more than " + DEEPEST + " deep", "Nest less.");
        }
        Node node = part.parse();
        depth--;
        return node;
    }

    private Node binary(Node left, Part right) {
        Token operator = tokens.get(next++);
        String word = operator.text().toLowerCase(Locale.ROOT);
        return new Node.Binary(counted(operator.at()), word.equals("!=") ? "<>" : word, left, right.parse());
    }

    @FunctionalInterface
    private interface Part {
        Node parse();
    }

    private int counted(int at) {
        if (++nodes > MOST_NODES) {
            throw Problem.at(text, at, "more than " + MOST_NODES + " parts", "Compute less in one go.");
        }
        return at;
    }

    private Token peek() {
        return tokens.get(next);
    }

    private boolean take(String word) {
        if (!peek().is(word)) {
            return false;
        }
        next++;
        return true;
    }

    private void require(String word) {
        if (!take(word)) {
            throw unexpected(word);
        }
    }

    private GodwitException unexpected(String wanted) {
        Token found = peek();
        String what = found.kind() == Kind.END ? "the expression ends" : "found " + found.text();
        return Problem.at(text, found.at(), what + " where " + wanted + " should be", "Mend it there.");
    }
}
