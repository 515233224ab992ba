package io.godwit.core.type.codec;

import io.godwit.core.type.value.Geometry.Box;
import io.godwit.core.type.value.Geometry.Circle;
import io.godwit.core.type.value.Geometry.Line;
import io.godwit.core.type.value.Geometry.Path;
import io.godwit.core.type.value.Geometry.Point;
import io.godwit.core.type.value.Geometry.Polygon;
import io.godwit.core.type.value.Geometry.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Geometric values: their coordinates, as float8, one behind the other. */
final class GeometryCodecs {
    private static final int POINT_BYTES = 16;

    static final Codec<Point> POINT = new FunctionCodec<>(
            GeometryCodecs::readPoint,
            GeometryCodecs::write,
            GeometryCodecs::text,
            text -> only(text, 2).get(0));

    static final Codec<Line> LINE = new FunctionCodec<>(
            in -> new Line(in.float8(), in.float8(), in.float8()),
            (out, value) -> {
                out.float8(value.a());
                out.float8(value.b());
                out.float8(value.c());
            },
            value -> "{" + FloatCodecs.format(value.a()) + "," + FloatCodecs.format(value.b()) + ","
                    + FloatCodecs.format(value.c()) + "}",
            text -> {
                List<Double> numbers = numbers(text, 3);
                return new Line(numbers.get(0), numbers.get(1), numbers.get(2));
            });

    static final Codec<Segment> LSEG = new FunctionCodec<>(
            in -> new Segment(readPoint(in), readPoint(in)),
            (out, value) -> {
                write(out, value.from());
                write(out, value.to());
            },
            value -> "[" + text(value.from()) + "," + text(value.to()) + "]",
            text -> {
                List<Point> points = only(text, 4);
                return new Segment(points.get(0), points.get(1));
            });

    static final Codec<Box> BOX = new FunctionCodec<>(
            in -> new Box(readPoint(in), readPoint(in)),
            (out, value) -> {
                write(out, value.high());
                write(out, value.low());
            },
            value -> text(value.high()) + "," + text(value.low()),
            text -> box(only(text, 4)));

    static final Codec<Path> PATH = new FunctionCodec<>(
            in -> new Path(in.int1() != 0, readPoints(in)),
            (out, value) -> {
                out.int1(value.closed() ? 1 : 0);
                write(out, value.points());
            },
            value -> (value.closed() ? "(" : "[") + text(value.points()) + (value.closed() ? ")" : "]"),
            text -> new Path(!text.strip().startsWith("["), points(text)));

    static final Codec<Polygon> POLYGON = new FunctionCodec<>(
            in -> new Polygon(readPoints(in)),
            (out, value) -> write(out, value.points()),
            value -> "(" + text(value.points()) + ")",
            text -> new Polygon(points(text)));

    static final Codec<Circle> CIRCLE = new FunctionCodec<>(
            in -> new Circle(readPoint(in), in.float8()),
            (out, value) -> {
                write(out, value.center());
                out.float8(value.radius());
            },
            value -> "<" + text(value.center()) + "," + FloatCodecs.format(value.radius()) + ">",
            text -> {
                List<Double> numbers = numbers(text, 3);
                return new Circle(new Point(numbers.get(0), numbers.get(1)), numbers.get(2));
            });

    private GeometryCodecs() {}

    private static Point readPoint(FieldReader in) {
        return new Point(in.float8(), in.float8());
    }

    private static List<Point> readPoints(FieldReader in) {
        int count = in.count(POINT_BYTES);
        List<Point> points = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            points.add(readPoint(in));
        }
        return points;
    }

    private static void write(FieldWriter out, Point value) {
        out.float8(value.x());
        out.float8(value.y());
    }

    private static void write(FieldWriter out, List<Point> points) {
        out.int4(points.size());
        points.forEach(point -> write(out, point));
    }

    private static String text(Point value) {
        return "(" + FloatCodecs.format(value.x()) + "," + FloatCodecs.format(value.y()) + ")";
    }

    private static String text(List<Point> points) {
        return points.stream().map(GeometryCodecs::text).collect(Collectors.joining(","));
    }

    private static Box box(List<Point> corners) {
        Point a = corners.get(0);
        Point b = corners.get(1);
        return new Box(
                new Point(Math.max(a.x(), b.x()), Math.max(a.y(), b.y())),
                new Point(Math.min(a.x(), b.x()), Math.min(a.y(), b.y())));
    }

    private static List<Point> points(String text) {
        return only(text, -1);
    }

    private static List<Point> only(String text, int wanted) {
        List<Double> numbers = numbers(text, wanted);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i + 1 < numbers.size(); i += 2) {
            points.add(new Point(numbers.get(i), numbers.get(i + 1)));
        }
        return points;
    }

    /** The numbers between all kinds of brackets: {@code wanted} of them, or an even number where that is -1. */
    private static List<Double> numbers(String text, int wanted) {
        List<Double> numbers = new ArrayList<>();
        for (String part : text.replaceAll("[\\[\\](){}<>]", "").split(",", -1)) {
            numbers.add(FloatCodecs.FLOAT8.parse(part));
        }
        if (wanted < 0 ? numbers.size() % 2 != 0 : numbers.size() != wanted) {
            throw new InvalidValueException("not the shape's number of coordinates");
        }
        return numbers;
    }
}
