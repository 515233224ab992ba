package io.godwit.core.port;

/** Turns a reference into the secret, at the moment of use. Nobody stores or logs what it returns. */
public interface SecretResolver {

    /**
     * @param reference {@code env:NAME}, {@code file:PATH} or {@code kubernetes:SECRET/KEY}
     * @throws io.godwit.core.error.GodwitException SECRET_NOT_FOUND, naming the reference
     */
    String resolve(String reference);
}
