package io.keyward.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedPositionTest {
    private static final Uuid TOPIC = Uuid.fromString("4pFuD5rkQiuh-KqhXHdUZw");

    @Test
    void itIsTextOfTheTopicsIdAndAnOffsetForEachPartition() {
        FeedPosition position = new FeedPosition(TOPIC, Map.of(10, 0L, 2, 1L << 50));

        assertThat(position).hasToString("4pFuD5rkQiuh-KqhXHdUZw:2=1125899906842624,10=0");
        assertThat(FeedPosition.parse(position.toString())).isEqualTo(position);
    }

    @Test
    void beforeAnythingIsHandledItNamesNoPartition() {
        FeedPosition position = new FeedPosition(TOPIC, Map.of());

        assertThat(FeedPosition.parse(position.toString())).isEqualTo(position);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "from_now",
                "0=1",
                ":0=1",
                "4pFuD5rkQiuh-KqhXHdUZw",
                "4pFuD5rkQiuh-KqhXHdUZw:0=-1",
                "4pFuD5rkQiuh-KqhXHdUZw:0=1,",
                "4pFuD5rkQiuh-KqhXHdUZw:0=1\n",
                "4pFuD5rkQiuh-KqhXHdUZw:0=9999999999999999999"
            })
    void anyOtherTextIsRefusedWithWhatIsAccepted(String text) {
        assertThatThrownBy(() -> WarningFeed.open(Settings.of("localhost:1", "http://localhost:1"), text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'" + text + "'", "FROM_NOW", "FROM_BEGINNING", "PARTITION=OFFSET");
    }
}
