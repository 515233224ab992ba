package io.godwit.core.type.value;

import java.util.List;

/** PostgreSQL's geometric values. */
public sealed interface Geometry {

    /** A place in the plane. */
    record Point(double x, double y) implements Geometry {}

    /** {@code a x + b y + c = 0}. */
    record Line(double a, double b, double c) implements Geometry {}

    /** From one point to another. */
    record Segment(Point from, Point to) implements Geometry {}

    /** Its upper right and its lower left corner. */
    record Box(Point high, Point low) implements Geometry {}

    /** Points in a row, the last joined to the first where closed. */
    record Path(boolean closed, List<Point> points) implements Geometry {
        public Path {
            points = List.copyOf(points);
        }
    }

    /** An area by its corners. */
    record Polygon(List<Point> points) implements Geometry {
        public Polygon {
            points = List.copyOf(points);
        }
    }

    /** All places within the radius. */
    record Circle(Point center, double radius) implements Geometry {}
}
