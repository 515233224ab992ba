package io.godwit.connector.file.format.parquet;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;

/**
 * One value of a nested column, as {@link FieldDecoder} wants it: of a column's reader, whose interface is the
 * library's, that which is of the value alone. The rest walks through a column, which nobody asks of one value.
 */
final class HeldValue implements ColumnReader {
    private long whole;
    private double fraction;
    private Binary bytes = Binary.EMPTY;

    void hold(long value) {
        whole = value;
    }

    void hold(double value) {
        fraction = value;
    }

    void hold(Binary value) {
        bytes = value;
    }

    @Override
    public int getInteger() {
        return (int) whole;
    }

    @Override
    public boolean getBoolean() {
        return whole != 0;
    }

    @Override
    public long getLong() {
        return whole;
    }

    @Override
    public Binary getBinary() {
        return bytes;
    }

    @Override
    public float getFloat() {
        return (float) fraction;
    }

    @Override
    public double getDouble() {
        return fraction;
    }

    @Override
    @SuppressWarnings("deprecation")
    public long getTotalValueCount() {
        throw alone();
    }

    @Override
    public void consume() {
        throw alone();
    }

    @Override
    public int getCurrentRepetitionLevel() {
        throw alone();
    }

    @Override
    public int getCurrentDefinitionLevel() {
        throw alone();
    }

    @Override
    public void writeCurrentValueToConverter() {
        throw alone();
    }

    @Override
    public void skip() {
        throw alone();
    }

    @Override
    public int getCurrentValueDictionaryID() {
        throw alone();
    }

    @Override
    public ColumnDescriptor getDescriptor() {
        throw alone();
    }

    private static UnsupportedOperationException alone() {
        return new UnsupportedOperationException("a held value lies in no column");
    }
}
