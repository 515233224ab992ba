package io.godwit.ops.api;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;

/** Issues tokens, good ones and forged ones. */
final class Issuer {
    static final String NAME = "https://issuer.example.org/godwit";
    static final String AUDIENCE = "godwit";

    private final KeyPair keys = keys();

    /** As text, without lines. */
    String publicKey() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    String token(String... roles) {
        return sign(claims(roles));
    }

    static JwtClaimsBuilder claims(String... roles) {
        return Jwt.claims()
                .issuer(NAME)
                .audience(AUDIENCE)
                .subject("somebody")
                .groups(Set.of(roles))
                .expiresIn(300);
    }

    String sign(JwtClaimsBuilder claims) {
        return claims.jws().sign(keys.getPrivate());
    }

    /** Good in everything but who signed. */
    static String signedByAnother(String... roles) {
        return claims(roles).jws().sign(keys().getPrivate());
    }

    /** HMAC with the public key, which everybody knows, as its secret. */
    String signedWithThePublicKey(String... roles) {
        byte[] secret = keys.getPublic().getEncoded();
        return claims(roles).jws().algorithm(SignatureAlgorithm.HS256).sign(new SecretKeySpec(secret, "HmacSHA256"));
    }

    /** {@code alg: none}. */
    static String unsigned(String... roles) {
        long now = Instant.now().getEpochSecond();
        String claims = "{\"iss\":\"" + NAME + "\",\"aud\":\"" + AUDIENCE + "\",\"sub\":\"somebody\",\"iat\":" + now
                + ",\"exp\":" + (now + 300) + ",\"groups\":[\"" + String.join("\",\"", roles) + "\"]}";
        return encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + encoded(claims) + ".";
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
