package io.godwit.ops.api.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.platform.json.Json;
import io.quarkus.arc.properties.UnlessBuildProperty;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A caller's roles are those at the configured claim of the token, and no others. The framework takes those of the
 * claim {@code groups} first, wherever it was told to look; and who may name a group as he likes would name one admin.
 */
@ApplicationScoped
@UnlessBuildProperty(name = "godwit.ops.guard", stringValue = "elsewhere", enableIfMissing = true)
class RolesOfToken implements SecurityIdentityAugmentor {
    private final AccessSettings settings;

    @Inject
    RolesOfToken(AccessSettings settings) {
        this.settings = settings;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (identity.isAnonymous()) {
            return Uni.createFrom().item(identity);
        }
        TokenCredential token = identity.getCredential(TokenCredential.class);
        Set<String> roles = token == null ? Set.of() : roles(token.getToken(), settings.rolesClaim());
        return Uni.createFrom()
                .item(QuarkusSecurityIdentity.builder()
                        .setPrincipal(identity.getPrincipal())
                        .addCredentials(identity.getCredentials())
                        .addAttributes(identity.getAttributes())
                        .addRoles(roles)
                        .build());
    }

    /** The token's signature has been checked already. */
    static Set<String> roles(String token, List<String> claim) {
        JsonNode found = claims(token);
        for (String name : claim) {
            found = found.path(name);
        }
        Set<String> roles = new HashSet<>();
        if (found.isTextual()) {
            // As scopes are written.
            roles.addAll(List.of(found.textValue().split(" ", -1)));
        }
        for (JsonNode each : found) {
            if (each.isTextual()) {
                roles.add(each.textValue());
            }
        }
        roles.retainAll(Role.ALL);
        return roles;
    }

    private static JsonNode claims(String token) {
        try {
            return Json.mapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
        } catch (IOException e) {
            throw new IllegalStateException("a token that was verified is JSON", e);
        }
    }
}
