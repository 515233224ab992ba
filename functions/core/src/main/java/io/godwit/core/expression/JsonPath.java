package io.godwit.core.expression;

import io.godwit.core.type.codec.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One place in a document: {@code $.name['odd name'][0]}. Looks only as far as it must. */
final class JsonPath {
    /** Names as text, indexes as Integer. */
    private final List<Object> steps;

    private static final Pattern WORD = Pattern.compile("true|false|null|-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private JsonPath(List<Object> steps) {
        this.steps = steps;
    }

    /** @throws InvalidValueException where it is none */
    static JsonPath parse(String path) {
        List<Object> steps = new ArrayList<>();
        if (!path.startsWith("$")) {
            throw new InvalidValueException("a path begins with $");
        }
        int at = 1;
        while (at < path.length()) {
            int end;
            if (path.charAt(at) == '.') {
                end = at + 1;
                while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
                    end++;
                }
                steps.add(path.substring(at + 1, end));
            } else if (path.startsWith("['", at) && path.indexOf("']", at) > 0) {
                end = path.indexOf("']", at) + 2;
                steps.add(path.substring(at + 2, end - 2));
            } else {
                end = path.indexOf(']', at) + 1;
                String index = end > 0 && path.charAt(at) == '[' ? path.substring(at + 1, end - 1) : "";
                if (!index.matches("[0-9]{1,9}")) {
                    throw new InvalidValueException("a path is of .name, ['name'] and [number]");
                }
                steps.add(Integer.valueOf(index));
            }
            if ("".equals(steps.get(steps.size() - 1))) {
                throw new InvalidValueException("a path names no member by nothing");
            }
            at = end;
        }
        return new JsonPath(List.copyOf(steps));
    }

    /**
     * What lies there.
     *
     * @throws InvalidValueException where the text is no JSON, as far as it was looked at
     */
    @Nullable
    String find(String json) {
        Scanner scanner = new Scanner(json);
        for (Object step : steps) {
            boolean found = step instanceof String name ? scanner.enterMember(name) : scanner.enterElement((int) step);
            if (!found) {
                return null;
            }
        }
        return scanner.value();
    }

    /** Moves over a document. */
    private static final class Scanner {
        private final String json;
        private int at;

        Scanner(String json) {
            this.json = json;
        }

        boolean enterMember(String name) {
            if (!enter('{')) {
                return false;
            }
            while (peek() != '}') {
                String member = string();
                require(':');
                if (member.equals(name)) {
                    return true;
                }
                skip();
                if (peek() == ',') {
                    at++;
                }
            }
            return false;
        }

        boolean enterElement(int index) {
            if (!enter('[')) {
                return false;
            }
            for (int element = 0; peek() != ']'; element++) {
                if (element == index) {
                    return true;
                }
                skip();
                if (peek() == ',') {
                    at++;
                }
            }
            return false;
        }

        @Nullable
        String value() {
            if (peek() == '"') {
                return string();
            }
            int begin = at;
            skip();
            String raw = json.substring(begin, at);
            return raw.equals("null") ? null : raw;
        }

        private boolean enter(char bracket) {
            if (peek() != bracket) {
                skip();
                return false;
            }
            at++;
            return true;
        }

        /** Goes to after the value. Brackets are counted, so that a deep document costs no stack. */
        private void skip() {
            int open = 0;
            do {
                char letter = peek();
                if (letter == '"') {
                    string();
                } else if (letter == '{' || letter == '[') {
                    open++;
                    at++;
                } else if (letter == '}' || letter == ']') {
                    open--;
                    at++;
                } else if (open > 0 && (letter == ',' || letter == ':')) {
                    at++;
                } else {
                    word();
                }
            } while (open > 0);
            if (open < 0) {
                throw malformed();
            }
        }

        private void word() {
            int begin = at;
            while (at < json.length()
                    && (Character.isLetterOrDigit(json.charAt(at)) || "+-.".indexOf(json.charAt(at)) >= 0)) {
                at++;
            }
            if (!WORD.matcher(json).region(begin, at).matches()) {
                throw malformed();
            }
        }

        private String string() {
            require('"');
            int begin = at;
            StringBuilder text = null;
            while (at < json.length() && json.charAt(at) != '"') {
                if (json.charAt(at) == '\\') {
                    text = (text == null ? new StringBuilder() : text).append(json, begin, at);
                    text.append(escaped());
                    begin = at;
                } else {
                    at++;
                }
            }
            String end = at < json.length() ? json.substring(begin, at) : "";
            require('"');
            return text == null ? end : text.append(end).toString();
        }

        private char escaped() {
            char letter = at + 1 < json.length() ? json.charAt(at + 1) : ' ';
            at += 2;
            return switch (letter) {
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'r' -> '\r';
                case 'b' -> '\b';
                case 'f' -> '\f';
                case '"', '\\', '/' -> letter;
                case 'u' -> unicode();
                default -> throw malformed();
            };
        }

        private char unicode() {
            at += 4;
            if (at > json.length()) {
                throw malformed();
            }
            try {
                return (char) Integer.parseInt(json, at - 4, at, 16);
            } catch (NumberFormatException wrong) {
                throw malformed();
            }
        }

        private char peek() {
            while (at < json.length() && Character.isWhitespace(json.charAt(at))) {
                at++;
            }
            if (at == json.length()) {
                throw malformed();
            }
            return json.charAt(at);
        }

        private void require(char letter) {
            if (peek() != letter) {
                throw malformed();
            }
            at++;
        }

        private static InvalidValueException malformed() {
            return new InvalidValueException("a text that is no JSON");
        }
    }
}
