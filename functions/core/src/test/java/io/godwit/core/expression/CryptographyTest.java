package io.godwit.core.expression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.type.codec.InvalidValueException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CryptographyTest {
    private static final HexFormat HEX = HexFormat.of();

    /** Test cases 1 and 2 of RFC 4231. */
    @Test
    void hmacIsThatOfTheStandard() {
        assertThat(new KeyedHash(HEX.parseHex("0b".repeat(20))).hexOf("Hi There".getBytes(UTF_8)))
                .isEqualTo("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
        assertThat(new KeyedHash("Jefe".getBytes(UTF_8)).hexOf("what do ya want for nothing?".getBytes(UTF_8)))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    /** The layout, taken apart by hand with the JDK's own cipher: what another program must do to read a column. */
    @Test
    void theLayoutIsAsDocumented() throws Exception {
        byte[] key = HEX.parseHex(Rows.KEY);
        byte[] nonce = HEX.parseHex("cafebabefacedbaddecaf888");
        byte[] sealed = new ColumnCipher(key).encrypt("value".getBytes(UTF_8), nonce);

        assertThat(sealed).hasSize(1 + 4 + 12 + 5 + 16);
        assertThat(sealed[0]).isEqualTo((byte) 1);
        MessageDigest id = MessageDigest.getInstance("SHA-256");
        id.update("godwit column key".getBytes(UTF_8));
        assertThat(Arrays.copyOfRange(sealed, 1, 5)).isEqualTo(Arrays.copyOf(id.digest(key), 4));
        assertThat(Arrays.copyOfRange(sealed, 5, 17)).isEqualTo(nonce);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(sealed, 0, 5);
        assertThat(cipher.doFinal(sealed, 17, sealed.length - 17)).isEqualTo("value".getBytes(UTF_8));
    }

    /** Test case 14 of the GCM specification (McGrew and Viega), but for the header, which is authenticated as well. */
    @Test
    void theCiphertextIsThatOfTheStandard() {
        byte[] sealed = new ColumnCipher(new byte[32]).encrypt(new byte[16], new byte[12]);
        assertThat(HEX.formatHex(sealed, 17, 33)).isEqualTo("cea7403d4d606b6e074ec5d3baf39d18");
    }

    @Test
    void noByteCanBeChanged() {
        ColumnCipher cipher = new ColumnCipher(HEX.parseHex(Rows.KEY));
        byte[] sealed = cipher.encrypt("value".getBytes(UTF_8), new byte[12]);
        for (int at = 0; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> cipher.decrypt(changed)).isInstanceOf(InvalidValueException.class);
        }
        assertThatThrownBy(() -> cipher.decrypt(Arrays.copyOf(sealed, 32))).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> cipher.decrypt(new byte[0])).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void anotherKeyIsNamedByItsIdAndNotShown() {
        assertThatThrownBy(() -> Rows.none().eval("decrypt(encrypt('secret', 'env:K'), 'env:OTHER')"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("under another key")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining(Rows.KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "not base64 and of forty-four characters! ...", "zz"})
    void whatIsNoKeyIsRefusedBeforeTheFirstRowAndNotShown(String secret) {
        Expression expression = Expression.parse("hmac('a', 'env:K')");
        assertThat(expression.check(List.of()).notation()).isEqualTo("varchar(64)");
        assertThatThrownBy(() -> expression.compile(List.of(), reference -> secret))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.SECRET_NOT_FOUND))
                .hasMessageContaining("env:K holds is no key of 32 bytes");
    }

    @Test
    void aKeyMayBeHexadecimalOrBase64() {
        byte[] key = HEX.parseHex(Rows.KEY);
        assertThat(ColumnKey.resolve(reference -> Rows.KEY.toUpperCase(java.util.Locale.ROOT), "env:K"))
                .isEqualTo(key);
        assertThat(ColumnKey.resolve(reference -> Base64.getEncoder().encodeToString(key) + "\n", "env:K"))
                .isEqualTo(key);
    }
}
