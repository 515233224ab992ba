package io.godwit.platform.jobfile;

import io.godwit.platform.jobfile.Tree.Kind;
import io.godwit.platform.jobfile.Tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place in a document, by its path. It may be a place where nothing stands, or something of another form than its
 * reader expects: then it has no text, no items and no keys, so that one error does not hide the others.
 *
 * @param path {@code steps[0].migrate.to.mode}; empty for the document
 * @param around the nearest place that exists
 */
record Cursor(String path, @Nullable Tree tree, Place around) {

    static Cursor of(Tree document) {
        return new Cursor("", document, document.place());
    }

    Cursor at(String key) {
        String below = path.isEmpty() ? key : path + "." + key;
        Tree.Field field = field(key);
        return field == null
                ? new Cursor(below, null, around)
                : new Cursor(below, field.value(), field.value().place());
    }

    /** The elements of a list; none where it is no list. */
    List<Cursor> items() {
        List<Cursor> items = new ArrayList<>();
        if (tree instanceof Tree.Items list) {
            for (Tree item : list.items()) {
                items.add(new Cursor(path + "[" + items.size() + "]", item, item.place()));
            }
        }
        return items;
    }

    /** The elements of a list, or the one value that stands in its place; none where nothing stands. */
    List<Cursor> itemsOrOne() {
        return tree == null || tree instanceof Tree.Items ? items() : List.of(this);
    }

    List<String> keys() {
        return tree instanceof Tree.Fields fields ? List.copyOf(fields.fields().keySet()) : List.of();
    }

    /** The place of one of the {@link #keys}. */
    Place placeOfKey(String key) {
        Tree.Field field = field(key);
        return field == null ? around : field.key();
    }

    boolean present() {
        return tree != null;
    }

    /** The scalar as it was written. */
    Optional<String> text() {
        return tree instanceof Tree.Scalar scalar && scalar.kind() != Kind.NOTHING
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    /** The texts of a list. */
    List<String> texts() {
        return items().stream().flatMap(item -> item.text().stream()).toList();
    }

    private Tree.@Nullable Field field(String key) {
        return tree instanceof Tree.Fields fields ? fields.fields().get(key) : null;
    }
}
