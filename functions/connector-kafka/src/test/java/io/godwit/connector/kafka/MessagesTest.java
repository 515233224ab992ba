package io.godwit.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.row.TupleFields;
import io.godwit.core.table.Column;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
    private static final Column TIMESTAMP = TopicTables.column("timestamp", Messages.Part.TIMESTAMP.type(), true);

    private static String moment(long millis) throws Messages.UnreadableException {
        Messages messages = new Messages(true, false, List.of(TIMESTAMP), List.of(TIMESTAMP), ValueReader.json(false));
        var tuple = messages.tuple(new ConsumerRecord<>(
                "topic",
                0,
                0,
                millis,
                TimestampType.CREATE_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                new RecordHeaders(),
                Optional.empty()));
        TupleFields fields = new TupleFields(1);
        fields.of(tuple.bytes(), 0, tuple.length());
        Codec<Object> codec = Codecs.of(TIMESTAMP.type());
        return codec.format(codec.decode(fields.copy(0)));
    }

    @Test
    void momentsAreThoseOfTheCalendar() throws Messages.UnreadableException {
        assertThat(moment(0)).isEqualTo("1970-01-01 00:00:00+00");
        assertThat(moment(-210_866_803_200_000L)).isEqualTo("4714-11-24 00:00:00+00 BC");
        assertThat(moment(9_224_318_015_999_999L)).isEqualTo("294276-12-31 23:59:59.999+00");
    }

    /** The third, in microseconds, would begin anew from the other end. */
    @ParameterizedTest
    @ValueSource(longs = {-210_866_803_200_001L, 9_224_318_016_000_000L, -9_223_372_036_854_776L, Long.MIN_VALUE})
    void momentsOfNoCalendarAreNoRows(long millis) {
        assertThatThrownBy(() -> moment(millis)).isInstanceOf(Messages.UnreadableException.class);
    }
}
