package io.godwit.core.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowHashTest {

    /** The vectors of the reference implementation's self-test, over its buffer. */
    @ParameterizedTest
    @CsvSource({
        "0,   EF46DB3751D8E999, AC75FDA2929B17EF",
        "1,   E934A84ADB052768, 5014607643A9B4C3",
        "4,   9136A0DCA57457EE, CAAB286BD8E9FDB5",
        "14,  8282DCC4994E35C8, C3BD6BF63DEB6DF0",
        "222, B641AE8CB691C174, 20CB8AB7AE10C14A"
    })
    void agreesWithThePublishedVectors(int length, String unseeded, String seeded) {
        byte[] buffer = new byte[length];
        long generator = 2654435761L;
        for (int i = 0; i < length; i++) {
            buffer[i] = (byte) (generator >>> 56);
            generator *= 0x9E3779B185EBCA8DL;
        }
        assertThat(RowHash.of(buffer, 0, length)).isEqualTo(Long.parseUnsignedLong(unseeded, 16));
        assertThat(RowHash.of(buffer, 0, length, 2654435761L)).isEqualTo(Long.parseUnsignedLong(seeded, 16));
    }

    @ParameterizedTest
    @CsvSource({"a, D24EC4F1A98C6E5B", "abc, 44BC2CF5AD770999"})
    void agreesWithWellKnownHashes(String text, String hash) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(RowHash.of(bytes, 0, bytes.length)).isEqualTo(Long.parseUnsignedLong(hash, 16));
    }

    @Test
    void dependsOnNothingButTheBytes() {
        byte[] bytes = new byte[4096];
        new Random(7).nextBytes(bytes);
        for (int length = 0; length < 200; length++) {
            long hash = RowHash.of(bytes, 100, length);
            byte[] moved = new byte[length + 13];
            System.arraycopy(bytes, 100, moved, 13, length);
            assertThat(RowHash.of(moved, 13, length)).isEqualTo(hash);
        }
    }
}
