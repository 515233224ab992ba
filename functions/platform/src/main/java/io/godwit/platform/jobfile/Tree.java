package io.godwit.platform.jobfile;

import java.util.List;
import java.util.Map;

/** A value of a job file, and where it stands. */
sealed interface Tree {
    Place place();

    /** Both from 1. */
    record Place(int line, int column) {}

    /** What a scalar is, by YAML's core schema; whatever is quoted is text. */
    enum Kind {
        TEXT,
        INTEGER,
        NUMBER,
        BOOLEAN,
        NOTHING
    }

    /** A scalar, as it was written. */
    record Scalar(Place place, String text, Kind kind) implements Tree {}

    /** A sequence. */
    record Items(Place place, List<Tree> items) implements Tree {}

    /** A mapping, in the order of the file. */
    record Fields(Place place, Map<String, Field> fields) implements Tree {}

    /** A key's place, and its value. */
    record Field(Place key, Tree value) {}
}
