package io.keyward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// R33: up to when an instance may say that it has decided, whatever its clock and the broker's show.
class BrokerTimeTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration AHEAD = Duration.ofMinutes(2);
    private static final String TOPIC = "cmk.progress";

    /// What really passes, what this machine's clock shows, and what the broker's does.
    private Instant now = START;

    private Duration own = Duration.ZERO;
    private Duration brokers = Duration.ZERO;
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE); // may overflow
    private final BrokerTime time = new BrokerTime(() -> now.plus(own), nanos::get);

    @Test
    void beforeTheFirstAcknowledgementItIsNotKnown() {
        assertThat(time.now(0)).isEmpty();
        acknowledge(1);
        assertThat(time.now(0)).isEmpty();
    }

    @Test
    void whatWasAcknowledgedToTheOwnerBeforeDoesNotCount() {
        acknowledge(0);
        time.discard(0);
        assertThat(time.now(0)).isEmpty();
    }

    /// The last two are what `config check` allows, and more.
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 120, 300, 7200})
    void aClockThatIsAheadFromTheStartMakesNothingLater(int seconds) {
        own = Duration.ofSeconds(seconds);
        acknowledge(0);
        pass(5);
        assertThat(time.now(0)).contains(now);
        assertThat(time.ahead()).isEqualTo(own);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 120, 300, 7200})
    void aClockThatIsBehindMakesItLate(int seconds) {
        own = Duration.ofSeconds(-seconds);
        acknowledge(0);
        pass(5);
        assertThat(time.now(0)).contains(now.plus(own));
        assertThat(time.ahead()).isEqualTo(own);
    }

    @Test
    void aJumpAheadMakesNothingLaterBeforeNorAfterTheNextAcknowledgement() {
        acknowledge(0);
        own = AHEAD;
        pass(5);
        assertThat(time.now(0)).contains(now);
        acknowledge(0);
        pass(5);
        assertThat(time.now(0)).contains(now);
    }

    @Test
    void aJumpBackCountsAtOnceAndTheWayForwardToo() {
        acknowledge(0);
        own = AHEAD.negated();
        pass(5);
        assertThat(time.now(0)).contains(now.plus(own));
        own = Duration.ZERO;
        assertThat(time.now(0)).contains(now);
    }

    @Test
    void ofABrokerThatIsBehindItIsTheBrokersTime() {
        brokers = AHEAD.negated();
        acknowledge(0);
        pass(5);
        assertThat(time.now(0)).contains(now.plus(brokers));
        assertThat(time.ahead()).isEqualTo(brokers.negated());
    }

    @Test
    void ofABrokerThatIsAheadItIsTheOwnTime() {
        brokers = AHEAD;
        acknowledge(0);
        pass(5);
        assertThat(time.now(0)).contains(now);
    }

    @Test
    void aTimeIsYetToComeIfTheBrokersClockHasNotReachedItWhateverTheOwnShows() {
        own = AHEAD;
        assertThat(time.isInFuture(0, now.plusMillis(1))).isFalse(); // it is not known
        acknowledge(0);
        pass(5);
        assertThat(time.isInFuture(0, now)).isFalse();
        assertThat(time.isInFuture(0, now.plusMillis(1))).isTrue();
    }

    /// The acknowledgement was on its way for 2 seconds.
    @Test
    void aSlowAnswerMakesItEarlier() {
        own = AHEAD;
        time.acknowledged(0, now.minusSeconds(2));
        pass(5);
        assertThat(time.now(0)).contains(now.minusSeconds(2));
    }

    /// The machine was suspended: its steady clock stood still.
    @Test
    void aSteadyClockThatStoodStillMakesItEarlierUntilTheNextAcknowledgement() {
        acknowledge(0);
        now = now.plus(Duration.ofHours(1));
        assertThat(time.now(0)).contains(now.minus(Duration.ofHours(1)));
        acknowledge(0);
        assertThat(time.now(0)).contains(now);
    }

    @Test
    void ofSeveralBrokersTheGreatestDifferenceIsShown() {
        acknowledge(0);
        brokers = Duration.ofSeconds(30);
        acknowledge(1);
        brokers = Duration.ofSeconds(-20);
        acknowledge(2);
        assertThat(time.ahead()).isEqualTo(Duration.ofSeconds(-30));
        time.discard(1);
        assertThat(time.ahead()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void acknowledgementsOfTheTopicCount() {
        try (BrokerTime.Interceptor interceptor = interceptor()) {
            send(interceptor, TOPIC, START.plus(AHEAD));
            interceptor.onAcknowledgement(acknowledgement(TOPIC, START), null);
        }
        assertThat(time.now(0)).isEqualTo(Optional.of(START));
        assertThat(time.ahead()).isZero();
    }

    @Test
    void otherRecordsAndFailuresDoNotCount() {
        try (BrokerTime.Interceptor interceptor = interceptor()) {
            send(interceptor, "cmk.warnings", START.plus(AHEAD));
            interceptor.onAcknowledgement(acknowledgement("cmk.warnings", START), null);
            send(interceptor, TOPIC, START.plus(AHEAD));
            interceptor.onAcknowledgement(acknowledgement(TOPIC, START), new KafkaException("not stored"));
        }
        assertThat(time.now(0)).isEmpty();
    }

    /// The type of the topic's timestamps was changed while the instance runs.
    @Test
    void anAcknowledgementWithTheProducersTimeSaysNothing() {
        own = AHEAD;
        try (BrokerTime.Interceptor interceptor = interceptor()) {
            send(interceptor, TOPIC, START.plus(AHEAD));
            interceptor.onAcknowledgement(acknowledgement(TOPIC, START.plus(AHEAD)), null);
        }
        assertThat(time.now(0)).isEmpty();
    }

    private BrokerTime.Interceptor interceptor() {
        BrokerTime.Interceptor interceptor = new BrokerTime.Interceptor();
        interceptor.configure(Map.of(BrokerTime.SETTING, time, BrokerTime.TOPIC_SETTING, TOPIC));
        return interceptor;
    }

    private static void send(BrokerTime.Interceptor interceptor, String topic, Instant stamp) {
        ProducerRecord<byte[], byte[]> sent =
                new ProducerRecord<>(topic, 0, stamp.toEpochMilli(), new byte[0], new byte[0]);
        assertThat(interceptor.onSend(sent)).isSameAs(sent);
    }

    private static RecordMetadata acknowledgement(String topic, Instant stamp) {
        return new RecordMetadata(new TopicPartition(topic, 0), 7, 0, stamp.toEpochMilli(), 0, 0);
    }

    private void acknowledge(int partition) {
        time.acknowledged(partition, now.plus(brokers));
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
        now = now.plusSeconds(seconds);
    }
}
