package io.godwit.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
    @Test
    void runIsThatOfTheSubject() {
        assertThat(runOf("shop.20261122T020000Z")).isEqualTo("shop.20261122T020000Z");
        assertThat(runOf("shop.20261122T020000Z/copy/0/7")).isEqualTo("shop.20261122T020000Z");
        assertThat(runOf("tick")).isNull();
        assertThat(runOf("../../etc/passwd")).isNull();
    }

    @Test
    void whatIsKeptIsBoundedAndText() {
        byte[] data = "\0é".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        DeadLetter letter = DeadLetter.of(Map.of("type", "x".repeat(100_000), "source", "\ud800")::get, data);

        assertThat(letter.type()).hasSize(512);
        assertThat(letter.source()).isEqualTo("?");
        assertThat(letter.data()).hasSizeLessThanOrEqualTo(4096).doesNotContain("\0");
        assertThat(letter.dataBytes()).isEqualTo(data.length);
    }

    @Test
    void eventsWithoutAnIdAreToldApartByTheirData() {
        assertThat(withoutId("a")).isEqualTo(withoutId("a")).isNotEqualTo(withoutId("b"));
    }

    private static String withoutId(String data) {
        return DeadLetter.of(name -> null, data.getBytes(StandardCharsets.UTF_8))
                .id();
    }

    private static @Nullable String runOf(String subject) {
        return DeadLetter.of(Map.of("subject", subject)::get, new byte[0]).run();
    }
}
