package io.keyward.proof;

import io.keyward.avro.state.StateCodec;
import io.keyward.client.Topic;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.Timer;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.TenantState;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.contract.TopicSchemas;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;

/// Changes one record of a log, in a way that the state tells by itself.
record Tampering(TopologyHarness topology, InMemoryLog log, Random random) {
    /// The ways to do it.
    enum Kind {
        OUTPUT_RETRACTED,
        OUTPUT_LOST,
        OUTPUT_DOUBLED,
        OUTPUT_EDITED,
        OUTPUT_MISPLACED,
        ENVIRONMENT_LOST,
        REVISION_EDITED,
        USAGE_LOST,
        USAGE_MADE_UP,
        DEADLINE_LOST,
        TIMER_LATE,
        QUEUE_LOST,
        SLOTS_EDITED,
        RULES_LOST
    }

    /// Returns whether there was anything to change in this way.
    boolean apply(Kind kind) {
        return switch (kind) {
            case OUTPUT_RETRACTED ->
                onOutput(record -> log.append(record.topic(), record.partition(), record.key(), null));
            case OUTPUT_LOST ->
                onOutput(lost -> log.remove(record -> record.topic().equals(lost.topic())
                        && Bytes.wrap(record.key()).equals(Bytes.wrap(lost.key()))));
            case OUTPUT_DOUBLED ->
                onOutput(record -> log.append(record.topic(), record.partition(), record.key(), record.value()));
            case OUTPUT_EDITED -> onOutput(record -> log.replace(record, edited(record)));
            case OUTPUT_MISPLACED ->
                onOutput(record -> log.append(record.topic(), 1 - record.partition(), record.key(), record.value()));
            case ENVIRONMENT_LOST -> onRow(Nodes.ENVIRONMENTS, _ -> true, row -> null);
            case REVISION_EDITED -> onRow(Nodes.ENVIRONMENTS, _ -> true, Tampering::withNextRevision);
            case USAGE_LOST -> onRow(Nodes.KEY_USAGE, _ -> true, row -> null);
            case USAGE_MADE_UP -> madeUpUsage();
            case DEADLINE_LOST -> onRow(Nodes.DEADLINES, key -> !key.equals(RowKeys.FILLED_ROW), row -> null);
            case TIMER_LATE -> onRow(Nodes.ENVIRONMENTS, this::hasTimer, Tampering::withLateTimer);
            case QUEUE_LOST -> onRow(Nodes.TENANTS, row -> RowKeys.isOf(RowKeys.QUEUE, row), row -> null);
            case SLOTS_EDITED ->
                onRow(Nodes.TENANTS, row -> RowKeys.isOf(RowKeys.STATE, row), Tampering::withOneMoreSlot);
            case RULES_LOST -> onRow(Nodes.TENANTS, RowKeys.RULES_ROW::equals, row -> null);
        };
    }

    private interface Change {
        void apply(ConsumerRecord<byte[], byte[]> record);
    }

    /// Takes one of the newest outputs. That of a cleared warning about a tenant is left out: the tenant's row does not
    /// tell that there is one.
    private boolean onOutput(Change change) {
        Map<TopicPartition, Map<Bytes, ConsumerRecord<byte[], byte[]>>> newest = new HashMap<>();
        log.all().stream()
                .filter(record -> record.topic().startsWith("cmk."))
                .forEach(record -> newest.computeIfAbsent(
                                new TopicPartition(record.topic(), record.partition()), _ -> new HashMap<>())
                        .put(Bytes.wrap(record.key()), record));
        List<ConsumerRecord<byte[], byte[]>> outputs = newest.values().stream()
                .flatMap(records -> records.values().stream())
                .filter(record -> record.value() != null)
                .filter(record -> !new String(record.key(), StandardCharsets.UTF_8).contains("//"))
                .sorted(Comparator.<ConsumerRecord<byte[], byte[]>, String>comparing(ConsumerRecord::topic)
                        .thenComparingInt(ConsumerRecord::partition)
                        .thenComparingLong(ConsumerRecord::offset))
                .toList();
        if (outputs.isEmpty()) {
            return false;
        }
        change.apply(outputs.get(random.nextInt(outputs.size())));
        return true;
    }

    private interface Edit {
        /// The new value; null to delete the row.
        byte[] of(byte[] row);
    }

    private boolean onRow(String store, Predicate<Bytes> those, Edit edit) {
        Map<Bytes, byte[]> rows = log.rows(store);
        List<Bytes> keys =
                new ArrayList<>(rows.keySet().stream().filter(those).sorted().toList());
        if (keys.isEmpty()) {
            return false;
        }
        Bytes key = keys.get(random.nextInt(keys.size()));
        byte[] value = edit.of(rows.get(key));
        if (store.equals(Nodes.ENVIRONMENTS) && isUnseen(rows.get(key))) {
            return false;
        }
        log.putRow(store, key, value);
        return true;
    }

    /// Whether nothing of an environment is published and nothing else asks for its row.
    private static boolean isUnseen(byte[] row) {
        EnvironmentState state = StateCodec.ENVIRONMENTS.read(row);
        return state.published().decision().isEmpty();
    }

    private boolean madeUpUsage() {
        Map<Bytes, byte[]> rows = log.rows(Nodes.KEY_USAGE);
        if (rows.isEmpty()) {
            return false;
        }
        byte[] key =
                rows.keySet().stream().sorted().findFirst().orElseThrow().get().clone();
        key[key.length - 2]++;
        log.putRow(Nodes.KEY_USAGE, Bytes.wrap(key), new byte[0]);
        return !rows.containsKey(Bytes.wrap(key));
    }

    private static byte[] withNextRevision(byte[] row) {
        EnvironmentState state = StateCodec.ENVIRONMENTS.read(row);
        Published published = state.published();
        return StateCodec.ENVIRONMENTS.write(new EnvironmentState(
                state.facts(),
                state.slot(),
                new Published(
                        published.revision() + 1, published.decision(), published.warnings(), published.signals()),
                state.series(),
                state.timer()));
    }

    private boolean hasTimer(Bytes environment) {
        byte[] row = log.rows(Nodes.ENVIRONMENTS).get(environment);
        return StateCodec.ENVIRONMENTS.read(row).timer().isPresent();
    }

    private static byte[] withLateTimer(byte[] row) {
        EnvironmentState state = StateCodec.ENVIRONMENTS.read(row);
        return StateCodec.ENVIRONMENTS.write(new EnvironmentState(
                state.facts(),
                state.slot(),
                state.published(),
                state.series(),
                state.dueAt().map(due -> new Timer(due, due.plusMillis(1)))));
    }

    private static byte[] withOneMoreSlot(byte[] row) {
        TenantState state = StateCodec.TENANTS.read(row);
        return StateCodec.TENANTS.write(state.addSlots(1));
    }

    /// The record with one field changed that the row of its environment tells.
    private byte[] edited(ConsumerRecord<byte[], byte[]> record) {
        Topic topic = TopologyHarness.NAMES.topic(record.topic()).orElseThrow();
        IndexedRecord value = TopicSchemas.reader(topology.registry(), Topic.withSchema(Topic.Direction.OUT))
                .deserialize(record.topic(), record.value());
        String field = switch (topic) {
            case ENCRYPTION_DECISIONS -> "decidedAt";
            case WARNINGS -> value.get(position(value, "clearedAt")) == null ? "raisedAt" : "clearedAt";
            default -> "effectiveFrom";
        };
        value.put(position(value, field), ((Instant) value.get(position(value, field))).plusMillis(1));
        return topology.bytesOf(topic, (SpecificRecord) value);
    }

    private static int position(IndexedRecord value, String field) {
        return value.getSchema().getField(field).pos();
    }
}
