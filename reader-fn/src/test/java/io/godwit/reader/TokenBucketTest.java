package io.godwit.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long START = -17 * SECOND;

    private final TokenBucket bucket = new TokenBucket(1000, START);

    @Test
    void takesAtTheRateAreNotKeptWaiting() {
        for (long second = 1; second <= 10; second++) {
            assertThat(bucket.take(100, START + second * SECOND)).isNotPositive();
        }
    }

    @Test
    void takeLargerThanASecondBringsIsPaidOffByWaiting() {
        long wait = bucket.take(5000, START);

        assertThat(wait).isBetween(4 * SECOND, 5 * SECOND);
        assertThat(bucket.take(0, START + wait)).isNotPositive();
    }

    @Test
    void whatNobodyTookIsSavedForATenthOfASecondOnly() {
        long later = START + 3600 * SECOND;

        assertThat(bucket.take(100, later)).isNotPositive();
        assertThat(bucket.take(1000, later)).isEqualTo(SECOND);
    }
}
