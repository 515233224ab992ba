package io.godwit.core.expression;

/** Where keys of columns come from, at the moment of use: nobody stores or logs what it returns. */
@FunctionalInterface
public interface Keys {

    /**
     * @param reference {@code env:NAME}, {@code file:PATH} or {@code kubernetes:SECRET/KEY}
     * @throws io.godwit.core.error.GodwitException SECRET_NOT_FOUND, naming the reference
     */
    String resolve(String reference);
}
