package io.keyward.intake.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.config.AuditSource;
import io.keyward.domain.id.TenantId;
import io.keyward.intake.Item;
import io.keyward.intake.Publisher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class AuditSessionTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final String HUB = "insights-logs-auditevent";
    private static final TopicPartition FIRST = new TopicPartition(HUB, 0);
    private static final TopicPartition SECOND = new TopicPartition(HUB, 1);
    private static final AuditSession.Pace PACE =
            new AuditSession.Pace(Duration.ofMillis(1), Duration.ofMinutes(1), Duration.ofMillis(1));

    private final Hub hub = new Hub();
    private final List<String> published = new ArrayList<>();
    private final List<String> observed = new ArrayList<>();
    private final SourceStatus status = new SourceStatus(new AuditSource(CONTOSO, HUB, Map.of()));
    private Instant now = Instant.parse("2026-05-01T00:00:00Z");
    private Publisher outcome = (_, _, _) -> CompletableFuture.completedFuture(null);
    private final AuditSession session =
            new AuditSession(hub, new AuditPorts(this::publish, new Observed(observed), () -> now), status, PACE);

    @Test
    void whatIsAcknowledgedIsCommitted() {
        start(FIRST, SECOND);
        hub.add(FIRST, "a", "b");
        hub.add(SECOND, "c");
        session.turn();
        assertThat(published)
                .containsExactlyInAnyOrder(
                        "contoso audit-log 0:0 a", "contoso audit-log 0:1 b", "contoso audit-log 1:0 c");
        assertThat(committed(FIRST)).isEqualTo(2);
        assertThat(committed(SECOND)).isEqualTo(1);
        assertThat(observed)
                .containsExactlyInAnyOrder(
                        "item audit-log a", "item audit-log b", "item audit-log c", "delivered audit-log");
    }

    @Test
    void whatIsUnderstoodIsOneDelivery() {
        start(FIRST);
        hub.add(FIRST, "{\"a\":1}", "b", "{\"c\":1}", "d");
        session.turn();
        assertThat(published)
                .containsExactly(
                        "contoso audit-log 0:0 {\"a\":1} {\"c\":1}",
                        "contoso audit-log 0:1 b",
                        "contoso audit-log 0:3 d");
        assertThat(committed(FIRST)).isEqualTo(4);
    }

    @Test
    void aRecordWithoutAValueIsReadLikeAnEmptyOne() {
        start(FIRST);
        hub.add(FIRST, (String) null);
        session.turn();
        assertThat(published).containsExactly("contoso audit-log 0:0 ");
    }

    @Test
    void whatIsNotAcknowledgedIsReadAgainAfterAPause() {
        start(FIRST);
        hub.add(FIRST, "a", "b");
        outcome = refusing("b");
        session.turn();
        assertThat(hub.commits).isEmpty();
        assertThat(observed).isEmpty();

        published.clear();
        outcome = (_, _, _) -> CompletableFuture.completedFuture(null);
        session.turn();
        assertThat(published).as("during the pause").isEmpty();
        assertThat(hub.paused()).containsExactly(FIRST);

        now = now.plusSeconds(1);
        session.turn();
        assertThat(published).containsExactly("contoso audit-log 0:0 a", "contoso audit-log 0:1 b");
        assertThat(committed(FIRST)).isEqualTo(2);
    }

    @Test
    void pausesGrowUntilKafkaAcknowledges() {
        start(FIRST);
        hub.add(FIRST, "a");
        outcome = refusing("a");
        for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
            published.clear();
            session.turn();
            assertThat(published).hasSize(1);
            now = now.plusSeconds(seconds).minusMillis(1);
            session.turn();
            assertThat(published).as("just before %d s", seconds).hasSize(1);
            now = now.plusMillis(1);
        }
        outcome = (_, _, _) -> CompletableFuture.completedFuture(null);
        session.turn();
        assertThat(committed(FIRST)).isEqualTo(1);
        hub.add(FIRST, "b");
        outcome = refusing("b");
        session.turn();
        published.clear();
        now = now.plusSeconds(1);
        session.turn();
        assertThat(published).as("the shortest pause again").hasSize(1);
    }

    @Test
    void nothingMoreIsSentOnceARecordHasFailed() {
        start(FIRST);
        hub.add(FIRST, "a", "b", "c");
        outcome = refusing("b");
        session.turn();
        assertThat(published).containsExactly("contoso audit-log 0:0 a", "contoso audit-log 0:1 b");
    }

    @Test
    void theSessionStaysInItsGroupWhileKafkaIsSlow() {
        start(FIRST);
        hub.add(FIRST, "a");
        CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
        outcome = (_, _, _) -> acknowledgement;
        hub.schedulePollTask(() -> {}); // of the poll that gives the record
        hub.schedulePollTask(() -> assertThat(hub.paused()).containsExactly(FIRST));
        hub.schedulePollTask(() -> {
            hub.add(FIRST, "b");
            acknowledgement.complete(null);
        });
        session.turn();
        assertThat(published).hasSize(1);
        assertThat(committed(FIRST)).isEqualTo(1);
        session.turn();
        assertThat(committed(FIRST)).isEqualTo(2);
    }

    @Test
    void partitionsThatGoAwayMeanwhileAreLeftToTheirNewReader() {
        start(FIRST, SECOND);
        hub.add(FIRST, "a");
        hub.add(SECOND, "b");
        CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
        outcome = (_, _, _) -> acknowledgement;
        hub.schedulePollTask(() -> {});
        hub.schedulePollTask(() -> {
            hub.rebalance(Set.of(SECOND));
            acknowledgement.complete(null);
        });
        session.turn();
        assertThat(hub.commits).containsOnlyKeys(SECOND);
    }

    @Test
    void partitionsThatGoAwayMeanwhileAreNotReadAgain() {
        start(FIRST, SECOND);
        hub.add(FIRST, "a");
        hub.add(SECOND, "b");
        CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
        outcome = (_, _, _) -> acknowledgement;
        hub.schedulePollTask(() -> {});
        hub.schedulePollTask(() -> {
            hub.rebalance(Set.of(SECOND));
            acknowledgement.completeExceptionally(new TimeoutException("no broker answers"));
        });
        session.turn();
        published.clear();
        outcome = (_, _, _) -> CompletableFuture.completedFuture(null);
        now = now.plusSeconds(1);
        session.turn();
        assertThat(published).containsExactly("contoso audit-log 1:0 b");
    }

    @Test
    void partitionsThatComeMeanwhileAreReadLater() {
        start(FIRST);
        hub.add(FIRST, "a");
        CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
        outcome = (_, _, _) -> acknowledgement;
        hub.schedulePollTask(() -> {});
        hub.schedulePollTask(() -> {
            hub.rebalance(Set.of(FIRST, SECOND));
            hub.add(SECOND, "b");
            acknowledgement.complete(null);
        });
        session.turn();
        session.turn();
        assertThat(published).containsExactly("contoso audit-log 0:0 a", "contoso audit-log 1:0 b");
        assertThat(hub.commits).containsOnlyKeys(FIRST, SECOND);
    }

    @Test
    void aCommitThatIsNotPossibleNowIsMadeLater() {
        start(FIRST);
        hub.add(FIRST, "a");
        hub.refusal = new RebalanceInProgressException();
        session.turn();
        assertThat(hub.commits).isEmpty();
        hub.refusal = null;
        session.turn();
        assertThat(committed(FIRST)).isEqualTo(1);
    }

    @Test
    void aConsumerThatHasLeftItsGroupCommitsNothing() {
        start(FIRST);
        hub.add(FIRST, "a");
        hub.refusal = new CommitFailedException();
        session.turn();
        hub.refusal = null;
        session.turn();
        assertThat(hub.commits).isEmpty();
    }

    @Test
    void offsetsOfPartitionsThatGoAwayAreCommittedBefore() {
        start(FIRST);
        hub.add(FIRST, "a");
        hub.refusal = new RebalanceInProgressException();
        session.turn();
        hub.schedulePollTask(() -> {
            hub.refusal = null;
            hub.rebalance(Set.of());
        });
        hub.refusal = new RebalanceInProgressException();
        session.turn();
        assertThat(committed(FIRST)).isEqualTo(1);
    }

    @Test
    void theStatusTellsHowMuchIsLeft() {
        start(FIRST, SECOND);
        assertThat(status.phase()).isEqualTo(SourceStatus.Phase.READING);
        hub.updateEndOffsets(Map.of(FIRST, 7L, SECOND, 5L));
        hub.add(FIRST, "a", "b");
        session.turn();
        assertThat(status.lag()).as("asked at the start").isZero();
        now = now.plus(PACE.look());
        session.turn();
        assertThat(status.lag()).isEqualTo(10);
    }

    @Test
    void anEventHubThatDoesNotAnswerFailsUntilItDoes() {
        start(FIRST);
        hub.unanswered = new TimeoutException("no answer within 10 s");
        now = now.plus(PACE.look());
        session.turn();
        assertThat(status.phase()).isEqualTo(SourceStatus.Phase.FAILING);
        hub.unanswered = null;
        now = now.plus(PACE.look());
        session.turn();
        assertThat(status.phase()).isEqualTo(SourceStatus.Phase.READING);
    }

    @Test
    void anEventHubThatDoesNotExistIsSaidSo() {
        hub.updatePartitions(HUB, List.of());
        assertThatThrownBy(session::start)
                .isInstanceOf(UnknownTopicOrPartitionException.class)
                .hasMessageContaining(HUB);
    }

    private void start(TopicPartition... partitions) {
        session.start();
        hub.rebalance(Set.of(partitions));
    }

    private CompletableFuture<Void> publish(TenantId tenant, Publisher.Origin origin, List<Item> items) {
        String values = items.stream().map(item -> text(item.received())).collect(Collectors.joining(" "));
        published.add("%s %s %d:%d %s".formatted(tenant, origin.source(), origin.partition(), origin.offset(), values));
        return outcome.publish(tenant, origin, items);
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    private static Publisher refusing(String value) {
        return (_, _, items) -> text(items.getFirst().received()).equals(value)
                ? CompletableFuture.failedFuture(new TimeoutException("no broker answers"))
                : CompletableFuture.completedFuture(null);
    }

    private long committed(TopicPartition partition) {
        return hub.commits.get(partition).offset();
    }

    /// An Event Hub with two partitions, whose commits can be refused and whose answers can stay away.
    private static final class Hub extends MockConsumer<byte[], byte[]> {
        private final Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        private final Map<TopicPartition, Long> next = new HashMap<>(Map.of(FIRST, 0L, SECOND, 0L));
        private final List<ConsumerRecord<byte[], byte[]>> given = new ArrayList<>();
        private KafkaException refusal;
        private KafkaException unanswered;

        private Hub() {
            super("earliest");
            updatePartitions(HUB, List.of(info(FIRST), info(SECOND)));
            updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
            updateEndOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        }

        private static PartitionInfo info(TopicPartition partition) {
            return new PartitionInfo(partition.topic(), partition.partition(), null, null, null);
        }

        void add(TopicPartition partition, String... values) {
            for (String value : values) {
                addRecord(new ConsumerRecord<>(
                        HUB,
                        partition.partition(),
                        next.merge(partition, 1L, Long::sum) - 1,
                        null,
                        value == null ? null : value.getBytes(StandardCharsets.UTF_8)));
            }
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            ConsumerRecords<byte[], byte[]> polled = super.poll(timeout);
            polled.forEach(given::add);
            return polled;
        }

        /// Gives again what has been given from there on.
        @Override
        public synchronized void seek(TopicPartition partition, long offset) {
            super.seek(partition, offset);
            List<ConsumerRecord<byte[], byte[]>> again = given.stream()
                    .filter(record -> record.partition() == partition.partition() && record.offset() >= offset)
                    .toList();
            given.removeAll(again);
            again.forEach(this::addRecord);
        }

        @Override
        public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            if (refusal != null) {
                throw refusal;
            }
            commits.putAll(offsets);
            super.commitSync(offsets, timeout);
        }

        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(
                Collection<TopicPartition> partitions, Duration timeout) {
            if (unanswered != null) {
                throw unanswered;
            }
            return super.endOffsets(partitions, timeout);
        }
    }
}
