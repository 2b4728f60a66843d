package io.keyward.client;

import io.keyward.client.GateState.EnvironmentSink;
import io.keyward.decision.AnalyticsSuppression;
import io.keyward.decision.EncryptionDecision;
import io.keyward.decision.Progress;
import io.keyward.decision.SuppressionAction;
import io.keyward.decision.TenantErasure;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.wire.PayloadException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes the records of the topics to the state of a gate. A record that cannot be read never lets more data
/// pass.
final class GateRecords {
    static final List<Topic> TOPICS =
            List.of(Topic.ENCRYPTION_DECISIONS, Topic.ANALYTICS_SUPPRESSIONS, Topic.ERASURES, Topic.PROGRESS);

    private static final Logger LOG = LoggerFactory.getLogger(SuppressionGate.class);
    private static final String SEPARATOR = "/";

    private final TopicNames names;
    private final AvroDeserializer deserializer;
    private final InstantSource clock;
    private final GateState state;

    GateRecords(TopicNames names, SchemaRegistry registry, InstantSource clock, GateState state) {
        this.names = names;
        this.clock = clock;
        this.state = state;
        deserializer = AvroDeserializer.specific(
                registry,
                List.of(
                        EncryptionDecision.getClassSchema(),
                        AnalyticsSuppression.getClassSchema(),
                        TenantErasure.getClassSchema(),
                        Progress.getClassSchema()),
                GateRecords.class.getClassLoader());
    }

    /// Decodes a record, which may block on the registry, then passes it to the state. Returns what the record
    /// newly forbids.
    List<Retraction> read(ConsumerRecord<byte[], byte[]> read) {
        String[] key = read.key() == null
                ? new String[0]
                : new String(read.key(), StandardCharsets.UTF_8).split(SEPARATOR, -1);
        Topic topic = names.topic(read.topic()).orElseThrow();
        if (topic == Topic.PROGRESS) {
            return progress(read);
        }
        if (topic == Topic.ENCRYPTION_DECISIONS && key.length == 2) {
            return state.decision(
                    key[0], key[1], value(read, EncryptionDecision.class).isPresent());
        }
        if (topic == Topic.ANALYTICS_SUPPRESSIONS && key.length == 3) {
            return signal(read, new EnvironmentSink(key[0], key[1], key[2]));
        }
        if (topic == Topic.ERASURES && key.length == 1) {
            return erasure(read, key[0]);
        }
        LOG.error("{} has a key that does not belong to its topic", coordinates(read));
        return List.of();
    }

    private List<Retraction> progress(ConsumerRecord<byte[], byte[]> read) {
        Optional<Progress> said = value(read, Progress.class);
        Instant now = clock.instant();
        return said.map(progress -> state.progress(
                        new DecidedUpTo.PartitionProgress(
                                progress.getPartition(),
                                progress.getPartitions(),
                                progress.getDecidedUpTo(),
                                Instant.ofEpochMilli(read.timestamp())),
                        now))
                .orElseGet(() -> state.progressRemoved(read.partition()));
    }

    private List<Retraction> signal(ConsumerRecord<byte[], byte[]> read, EnvironmentSink target) {
        if (read.value() == null) {
            return state.signalRemoved(target);
        }
        return value(read, AnalyticsSuppression.class)
                .map(says -> state.signal(target, signal(says)))
                .orElseGet(() -> state.signalUnreadable(target));
    }

    /// Erasures are permanent: they have no tombstones.
    private List<Retraction> erasure(ConsumerRecord<byte[], byte[]> read, String sha256) {
        return state.erasure(
                sha256,
                value(read, TenantErasure.class)
                        .map(TenantErasure::getRequestedAt)
                        .orElse(Erasures.UNKNOWN));
    }

    private static SinkSignal signal(AnalyticsSuppression says) {
        return new SinkSignal(
                Optional.of(says.getEffectiveFrom()).filter(from -> says.getAction() != SuppressionAction.ALLOW),
                says.getGaps().stream()
                        .map(gap -> interval(gap.getFrom(), gap.getUntil()))
                        .toList(),
                true);
    }

    private static Interval interval(Instant from, Instant until) {
        return new Interval(Optional.ofNullable(from).filter(Instant.EPOCH::isBefore), Optional.of(until));
    }

    /// Empty for a tombstone, and for a record that cannot be read.
    private <T> Optional<T> value(ConsumerRecord<byte[], byte[]> read, Class<T> type) {
        try {
            return Optional.ofNullable(deserializer.deserialize(read.topic(), read.headers(), read.value()))
                    .map(type::cast);
        } catch (PayloadException | ClassCastException unreadable) {
            LOG.error("{} cannot be read: {}", coordinates(read), unreadable.getMessage());
            return Optional.empty();
        }
    }

    private static String coordinates(ConsumerRecord<byte[], byte[]> read) {
        return "The record %s/%d/%d".formatted(read.topic(), read.partition(), read.offset());
    }
}
