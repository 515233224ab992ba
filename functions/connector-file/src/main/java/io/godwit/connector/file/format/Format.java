package io.godwit.connector.file.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.IntSupplier;

/** How rows lie in a file. Has no state; safe for threads. */
public interface Format {

    /** The word in a connection's option {@code format}. */
    String name();

    /** How names of such files end: {@code .csv}. The first is that of files that are written. */
    List<String> endings();

    /** Whether it compresses within its files, so that they are never compressed as a whole. */
    default boolean isPacked() {
        return false;
    }

    /** What a place in a file is counted in, from 1: lines of the part that is read, or rows of the whole file. */
    default Unit unit() {
        return Unit.LINE;
    }

    /** See {@link #unit}. */
    enum Unit {
        LINE,
        ROW
    }

    /**
     * The columns of a file, with the narrowest types that hold all of a sample from its beginning.
     *
     * @throws MalformedRowException where the sample cannot be read
     */
    List<FileColumn> describe(FileContent file) throws IOException;

    /**
     * Bounds between rows, or between groups of rows of a format that has such: from {@code first}, which is one,
     * increasing, about {@code bytesEach} apart, below {@code end}. Each part ends where the next begins.
     */
    List<Long> bounds(FileContent file, long first, long end, long bytesEach) throws IOException;

    /**
     * Reads rows that begin between two bounds.
     *
     * @param end exclusive; {@link Long#MAX_VALUE}: the file's end
     * @param columns which, in the order of the tuples' fields
     */
    RowReader read(FileContent file, long first, long end, Reading how, List<FileColumn> columns) throws IOException;

    /**
     * Begins a file.
     *
     * @param files how many are being written at once by whoever asks: what is held in memory is shared among them
     */
    RowWriter write(OutputStream out, List<FileColumn> columns, IntSupplier files) throws IOException;

    /**
     * How to read.
     *
     * @param all the table's columns: what a file has besides is not left out silently
     * @param ours whether Godwit wrote the file, and its own conventions hold
     * @param maxRowBytes a larger row is refused, before it is held
     */
    record Reading(List<FileColumn> all, boolean ours, long maxRowBytes) {
        public Reading {
            all = List.copyOf(all);
        }
    }
}
