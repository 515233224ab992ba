package io.godwit.local;

import io.quarkus.credentials.CredentialsProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The control store's password, which exists only once its server has been made: asked for at the first connection. */
@ApplicationScoped
@Named("control-store")
class StoreLogin implements CredentialsProvider {
    private static @Nullable Services services;

    static void of(Services started) {
        services = started;
    }

    @Override
    public Map<String, String> getCredentials(String name) {
        var store = Objects.requireNonNull(services).controlStore();
        return Map.of(USER_PROPERTY_NAME, store.user(), PASSWORD_PROPERTY_NAME, store.password());
    }
}
