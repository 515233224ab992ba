package io.godwit.core.expression;

/** What literals are evaluated on. */
enum NoRow implements Row {
    INSTANCE;

    @Override
    public boolean isNull(int field) {
        return true;
    }

    @Override
    public byte[] bytes() {
        return new byte[0];
    }

    @Override
    public int offset(int field) {
        return 0;
    }

    @Override
    public int length(int field) {
        return 0;
    }
}
