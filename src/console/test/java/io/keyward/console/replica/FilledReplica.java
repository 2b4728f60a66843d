package io.keyward.console.replica;

import io.keyward.avro.KeyWatchCodec;
import io.keyward.client.Topic;
import io.keyward.domain.Decider;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.WatchStatus;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Caller;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.topology.FlowObserver;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.contract.RuleProfiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;

/// A replica's database without Kafka: events go through the real topology, and what that stores and publishes
/// goes into the database. One partition; the processor's clock stands at the epoch, so no deadline passes
/// by time alone.
public final class FilledReplica implements AutoCloseable {
    public static final FollowedTopics TOPICS = new FollowedTopics("keyward-test", TopologyHarness.NAMES);

    private static final long MEMORY = 16 << 20;

    private final TopologyHarness harness;
    private final ReplicaDatabase database;
    private final Map<String, Map<Bytes, Bytes>> stored = new HashMap<>();
    private final Map<String, Long> offsets = new HashMap<>();

    private FilledReplica(Path folder, RuleProfile profile, int fanOutBound) {
        harness = TopologyHarness.start(profile, FlowObserver.NONE, fanOutBound);
        database = ReplicaDatabase.open(
                TOPICS, new DatabaseSettings(folder, MEMORY, DatabaseSettings.TIMELINE_KEPT, Decider.rulesOf(profile)));
    }

    /// With the default rule profile.
    ///
    /// @param folder for the database alone
    public static FilledReplica start(Path folder) {
        return start(folder, RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow());
    }

    public static FilledReplica start(Path folder, RuleProfile profile) {
        return start(folder, profile, Integer.MAX_VALUE);
    }

    /// @param fanOutBound how many environments a fan-out decides before it is interrupted
    static FilledReplica start(Path folder, RuleProfile profile, int fanOutBound) {
        return new FilledReplica(folder, profile, fanOutBound);
    }

    /// Sends events. The database holds their consequences afterwards.
    public FilledReplica given(Event... events) {
        return given(List.of(events));
    }

    /// Sends events. The database holds their consequences afterwards.
    public FilledReplica given(List<? extends Event> events) {
        events.forEach(harness::send);
        return follow();
    }

    /// Sends event lines, as `simulate` reads them.
    public FilledReplica givenLines(String... lines) {
        for (String line : lines) {
            EventLine parsed = EventLine.parse(line);
            harness.receive(
                    parsed.topic(),
                    new TestRecord<>(
                            parsed.key().map(FilledReplica::bytes).orElse(null),
                            harness.bytesOf(parsed.topic(), parsed.value().orElseThrow()),
                            new RecordHeaders(),
                            parsed.timestamp().or(parsed::occurredAt).orElseThrow()));
        }
        return follow();
    }

    /// Applies what the topology stored and published since the last call, also through [#harness].
    public FilledReplica follow() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        KeywardTopology.stores().forEach(store -> addChanges(store, records));
        FollowedTopics.OUTPUTS.forEach(topic -> harness.rawOutput(topic)
                .forEach(output -> records.add(record(
                        TOPICS.names().name(topic),
                        output.timestamp(),
                        bytes(output.key()),
                        output.value(),
                        output.headers()))));
        Map<TopicPartition, Long> next = new HashMap<>();
        offsets.forEach((topic, offset) -> next.put(new TopicPartition(topic, 0), offset));
        database.apply(records, next);
        return this;
    }

    /// Applies a record of the key watch about a key.
    ///
    /// @param status empty for a tombstone
    public FilledReplica watched(TenantId tenant, KeyId key, Optional<WatchStatus> status, Instant reportedAt) {
        ConsumerRecord<byte[], byte[]> record = record(
                TOPICS.keyWatch(),
                reportedAt.toEpochMilli(),
                bytes(KeyWatchCodec.key(tenant, key)),
                status.map(known -> harness.bytesOf(Topic.KEY_WATCH, KeyWatchCodec.write(tenant, key, known)))
                        .orElse(null),
                new RecordHeaders());
        database.apply(List.of(record), Map.of(new TopicPartition(record.topic(), 0), record.offset() + 1));
        return this;
    }

    private void addChanges(String store, List<ConsumerRecord<byte[], byte[]>> records) {
        Map<Bytes, Bytes> before = stored.getOrDefault(store, Map.of());
        Map<Bytes, Bytes> now = new HashMap<>();
        try (KeyValueIterator<Bytes, byte[]> rows = harness.store(store).all()) {
            rows.forEachRemaining(row -> now.put(row.key, Bytes.wrap(row.value)));
        }
        now.forEach((key, value) -> {
            if (!value.equals(before.get(key))) {
                records.add(row(store, key, value.get()));
            }
        });
        before.keySet().stream()
                .filter(key -> !now.containsKey(key))
                .forEach(key -> records.add(row(store, key, null)));
        stored.put(store, now);
    }

    private ConsumerRecord<byte[], byte[]> row(String store, Bytes key, byte[] value) {
        return record(TOPICS.changelog(store), 0, key.get(), value, new RecordHeaders());
    }

    private ConsumerRecord<byte[], byte[]> record(
            String topic, long timestamp, byte[] key, byte[] value, Headers headers) {
        long offset = offsets.merge(topic, 1L, Long::sum) - 1;
        return new ConsumerRecord<>(
                topic,
                0,
                offset,
                timestamp,
                TimestampType.CREATE_TIME,
                key.length,
                value == null ? -1 : value.length,
                key,
                value,
                headers,
                Optional.empty());
    }

    /// A view of the database. The caller must close it.
    public ReplicaView view() {
        return view(Caller.ANYBODY);
    }

    /// A view of what the caller may see. The caller must close it.
    public ReplicaView view(Caller caller) {
        return database.view(caller, ClusterProgress.NONE);
    }

    /// The same with this many unread committed records, and with other gaps.
    ///
    /// @param missing one sentence each
    public ReplicaView view(long lag, String... missing) {
        Map.Entry<TopicPartition, Long> read =
                database.positions().entrySet().iterator().next();
        Map<TopicPartition, Long> ends = Map.of(read.getKey(), read.getValue() + lag);
        List<ClusterProgress.Gap> gaps =
                Arrays.stream(missing).map(ClusterProgress.Gap::ofAll).toList();
        return database.view(Caller.ANYBODY, new ClusterProgress(ends, gaps, List.of(), Instant.EPOCH));
    }

    public ReplicaDatabase database() {
        return database;
    }

    /// The topology behind it. Call [#follow] after sending something to it directly.
    public TopologyHarness harness() {
        return harness;
    }

    /// The schemas of the outputs, for an [io.keyward.topology.read.OutputReader].
    public SchemaRegistry registry() {
        return harness.registry();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        database.close();
        harness.close();
    }
}
