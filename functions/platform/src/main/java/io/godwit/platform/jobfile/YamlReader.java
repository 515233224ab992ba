package io.godwit.platform.jobfile;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.platform.jobfile.Tree.Kind;
import io.godwit.platform.jobfile.Tree.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML 1.2 (and so JSON) to trees, from the parser's events: nothing is ever constructed from a tag. What stands under
 * an anchor may be used again, within the limit of values; a mapping's keys are texts, none twice.
 */
final class YamlReader {
    private static final int MAX_CHARACTERS = 1 << 20;
    private static final int MAX_DEPTH = 30;
    private static final int MAX_VALUES = 100_000;

    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    private final String file;
    private final Problems problems;
    private final Iterator<Event> events;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private int values;

    /** A value to be used again, and how many values it is made of. */
    private record Anchored(Tree tree, int values) {}

    private YamlReader(String file, String text, Problems problems) {
        this.file = file;
        this.problems = problems;
        this.events = new Parse(LoadSettings.builder()
                        .setLabel(file)
                        .setCodePointLimit(MAX_CHARACTERS)
                        // snakeyaml-engine 2.10 breaks on a surrogate pair that lies across the end of its buffer.
                        .setBufferSize(text.length() + 2)
                        .build())
                .parseString(text)
                .iterator();
    }

    /**
     * The documents of a file, those without content left out. Keys that stand twice are noted as problems.
     *
     * @throws GodwitException JOB_FILE_MALFORMED with line and column where the text is not well-formed
     */
    static List<Tree> read(String file, String text, Problems problems) {
        if (text.length() > MAX_CHARACTERS) {
            throw malformed(file, new Place(1, 1), "the file is longer than " + MAX_CHARACTERS + " characters");
        }
        try {
            return new YamlReader(file, tabsAsBlanks(text), problems).documents();
        } catch (MarkedYamlEngineException e) {
            Place place = e.getProblemMark().map(YamlReader::place).orElse(new Place(1, 1));
            String context = e.getContext() == null ? "" : e.getContext() + ": ";
            throw malformed(file, place, context + e.getProblem());
        } catch (ReaderException e) {
            String before = text.substring(
                    0, text.offsetByCodePoints(0, Math.min(e.getPosition(), text.codePointCount(0, text.length()))));
            int line = (int) before.chars().filter(letter -> letter == '\n').count() + 1;
            Place place = new Place(line, before.length() - before.lastIndexOf('\n'));
            throw malformed(file, place, String.format("the character U+%04X is not allowed", e.getCodePoint()));
        } catch (YamlEngineException e) {
            throw malformed(file, new Place(1, 1), "it cannot be read");
        }
    }

    /**
     * JSON may be indented by tabs, the parser takes one at most: they become blanks, those within quotes apart. Other
     * YAML stays as it is, so that a tab that YAML forbids is told of.
     */
    private static String tabsAsBlanks(String text) {
        String start = text.stripLeading();
        if (!start.startsWith("{") && !start.startsWith("[")) {
            return text;
        }
        StringBuilder blanks = new StringBuilder(text);
        char quote = 0;
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (quote == 0 && letter == '\t') {
                blanks.setCharAt(at, ' ');
            } else if (quote == 0 && (letter == '"' || letter == '\'')) {
                quote = letter;
            } else if (quote == '"' && letter == '\\') {
                at++;
            } else if (letter == quote) {
                quote = 0;
            }
        }
        return blanks.toString();
    }

    private List<Tree> documents() {
        List<Tree> documents = new ArrayList<>();
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart) {
                anchors.clear();
                Tree document = tree(events.next(), 0);
                if (!(document instanceof Tree.Scalar scalar && scalar.kind() == Kind.NOTHING)) {
                    documents.add(document);
                }
            }
        }
        return documents;
    }

    private Tree tree(Event event, int depth) {
        int before = values++;
        Place place = place(event);
        if (depth > MAX_DEPTH || values > MAX_VALUES) {
            throw malformed(
                    file, place, depth > MAX_DEPTH ? "nested too deeply" : "more than " + MAX_VALUES + " values");
        }
        if (event instanceof AliasEvent alias) {
            Anchored anchored = anchors.get(alias.getAlias());
            if (anchored == null) {
                throw malformed(file, place, "no anchor " + alias.getAlias() + " before this");
            }
            values += anchored.values;
            return anchored.tree;
        }
        Tree tree;
        if (event instanceof ScalarEvent scalar) {
            tree = new Tree.Scalar(place, scalar.getValue(), kind(scalar));
        } else if (event instanceof SequenceStartEvent) {
            tree = items(place, depth);
        } else if (event instanceof MappingStartEvent) {
            tree = fields(place, depth);
        } else {
            throw malformed(file, place, "a value is expected here");
        }
        int size = values - before;
        Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
        anchor.ifPresent(name -> anchors.put(name, new Anchored(tree, size)));
        return tree;
    }

    private Tree items(Place place, int depth) {
        List<Tree> items = new ArrayList<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.SequenceEnd) {
            items.add(tree(event, depth + 1));
            event = events.next();
        }
        return new Tree.Items(place, List.copyOf(items));
    }

    private Tree fields(Place place, int depth) {
        Map<String, Tree.Field> fields = new LinkedHashMap<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.MappingEnd) {
            Place key = place(event);
            Tree name = tree(event, depth + 1);
            Tree value = tree(events.next(), depth + 1);
            if (!(name instanceof Tree.Scalar scalar)) {
                throw malformed(file, key, "a key must be a text");
            }
            Tree.Field first = fields.putIfAbsent(scalar.text(), new Tree.Field(key, value));
            if (first != null) {
                problems.add(
                        key,
                        "",
                        "the key " + scalar.text() + " stands here twice, first in line "
                                + first.key().line(),
                        "Keep one of them.");
            }
            event = events.next();
        }
        return new Tree.Fields(place, fields);
    }

    private static Kind kind(ScalarEvent scalar) {
        String text = scalar.getValue();
        if (!scalar.isPlain()) {
            return Kind.TEXT;
        }
        if (text.isEmpty() || text.equals("~") || text.matches("null|Null|NULL")) {
            return Kind.NOTHING;
        }
        if (text.matches("true|True|TRUE|false|False|FALSE")) {
            return Kind.BOOLEAN;
        }
        if (INTEGER.matcher(text).matches()) {
            return Kind.INTEGER;
        }
        return NUMBER.matcher(text).matches() ? Kind.NUMBER : Kind.TEXT;
    }

    private static Place place(Event event) {
        return event.getStartMark().map(YamlReader::place).orElse(new Place(1, 1));
    }

    private static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    // No cause: the parser's messages quote lines of the file, and a line may hold what should have been a reference.
    private static GodwitException malformed(String file, Place place, String what) {
        return new GodwitException(
                ErrorCode.JOB_FILE_MALFORMED,
                file + ":" + place.line() + ":" + place.column() + ": not well-formed YAML or JSON: " + what,
                "Mend the file's syntax at or before this place.");
    }
}
