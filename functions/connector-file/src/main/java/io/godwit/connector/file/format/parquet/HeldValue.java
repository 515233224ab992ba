package io.godwit.connector.file.format.parquet;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;

/** One value of a nested column, as {@link FieldDecoder} wants it. */
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
        throw new UnsupportedOperationException();
    }

    @Override
    public void consume() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int getCurrentRepetitionLevel() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int getCurrentDefinitionLevel() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void writeCurrentValueToConverter() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void skip() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int getCurrentValueDictionaryID() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ColumnDescriptor getDescriptor() {
        throw new UnsupportedOperationException();
    }
}
