package io.godwit.ops.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolesOfTokenTest {
    @Test
    void rolesAreThoseAtTheClaimThatWasNamedAndNoOthers() {
        String token = token("""
                {"groups": ["admin"], "realm_access": {"roles": ["viewer", "offline_access"]}, "scope": "openid operator"}
                """);

        assertThat(RolesOfToken.roles(token, List.of("realm_access", "roles"))).containsExactly("viewer");
        assertThat(RolesOfToken.roles(token, List.of("scope"))).containsExactly("operator");
        assertThat(RolesOfToken.roles(token, List.of("groups"))).containsExactly("admin");
    }

    @Test
    void aClaimOfAnotherFormGivesNoRole() {
        String token = token("""
                {"groups": {"admin": true}, "roles": [["admin"], {"name": "admin"}, 1], "role": "administrator"}
                """);

        for (String claim : List.of("groups", "roles", "role", "missing", "")) {
            assertThat(RolesOfToken.roles(token, List.of(claim))).as(claim).isEmpty();
        }
    }

    private static String token(String claims) {
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2lnbmF0dXJl";
    }
}
