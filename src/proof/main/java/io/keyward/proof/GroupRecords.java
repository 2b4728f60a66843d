package io.keyward.proof;

import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.wire.WireFormat;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.ProgressRow;
import io.keyward.topology.store.RowKeys;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;

/// The newest rows and outputs of a group of partitions, by tenant. What a record says by itself is checked when
/// it is taken: whether its key can be read, whether it is on its tenant's partition, and whether it follows the
/// record before it. Not thread-safe.
final class GroupRecords {
    private static final Headers NO_HEADERS = new RecordHeaders();

    private final Map<String, String> stores = new HashMap<>();
    private final Map<String, Topic> topics = new HashMap<>();
    private final TopicLayout layout;
    private final OutputSequence sequence;
    private final Map<TenantId, TenantRecords> tenants = new HashMap<>();
    private final Map<TopicPartition, Map<Bytes, NewestRecord>> ofPartitions = new HashMap<>();
    private final RecordFindings findings;
    private final FormerOwners formerOwners = new FormerOwners();

    GroupRecords(Subject subject, TopicLayout layout) {
        KeywardTopology.stores().forEach(store -> stores.put(subject.changelog(store), store));
        TopicLayout.OUTPUTS.forEach(topic -> topics.put(subject.names().name(topic), topic));
        this.layout = layout;
        this.sequence = new OutputSequence(subject.registry());
        this.findings = new RecordFindings(topic -> Optional.ofNullable(stores.get(topic)));
    }

    Collection<TenantRecords> tenants() {
        return tenants.values();
    }

    /// The rows of a store about a whole partition.
    Map<Bytes, NewestRecord> rowsOfPartition(String store, int partition) {
        return ofPartitions.getOrDefault(new TopicPartition(store, partition), Map.of());
    }

    /// What is wrong with records by themselves.
    RecordFindings findings() {
        return findings;
    }

    /// What instances wrote to partitions that were others' by then.
    List<ProofFinding> ofFormerOwners() {
        return formerOwners.findings();
    }

    void take(ConsumerRecord<byte[], byte[]> read) {
        if (read.key() == null) {
            findings.addUnreadable(read, "Expected a key, found none.");
            return;
        }
        String store = stores.get(read.topic());
        if (store != null) {
            takeRow(store, read);
        } else {
            takeOutput(topics.get(read.topic()), read);
        }
    }

    private void takeRow(String store, ConsumerRecord<byte[], byte[]> read) {
        Bytes key = Bytes.wrap(read.key());
        Optional<TenantId> tenant;
        try {
            tenant = RowKeys.tenant(store, key);
            tenant.ifPresent(_ -> RecordKeys.requireReadable(store, key));
        } catch (RuntimeException unknown) {
            findings.addUnreadable(read, "This release knows no row with such a key in this store.");
            return;
        }
        if (tenant.isEmpty()) {
            if (store.equals(Nodes.TENANTS) && key.equals(ProgressRow.KEY)) {
                formerOwners.take(read);
            }
            put(
                    ofPartitions.computeIfAbsent(new TopicPartition(store, read.partition()), _ -> new HashMap<>()),
                    key,
                    read);
        } else if (isOnOwningPartition(tenant.get(), layout.changelogs(), read)) {
            put(tenant(tenant.get()).changing(store), key, read);
        }
    }

    private static void put(Map<Bytes, NewestRecord> rows, Bytes key, ConsumerRecord<byte[], byte[]> read) {
        if (read.value() == null) {
            rows.remove(key);
        } else {
            rows.put(key, new NewestRecord(read.offset(), read.value()));
        }
    }

    private void takeOutput(Topic topic, ConsumerRecord<byte[], byte[]> read) {
        String key = new String(read.key(), StandardCharsets.UTF_8);
        TenantId tenant;
        try {
            tenant = new TenantId(key.substring(0, key.indexOf('/')));
        } catch (RuntimeException invalid) {
            findings.addUnreadable(read, "Expected a key that begins with a tenant and '/'.");
            return;
        }
        if (!isOnOwningPartition(tenant, layout.outputs().get(topic), read)) {
            return;
        }
        NewestOutput next = new NewestOutput(read.partition(), read.offset(), read.value(), headers(read));
        NewestOutput before = tenant(tenant).put(topic, key, next);
        if (before != null) {
            sequence.violation(topic, before, next)
                    .ifPresent(wrong -> findings.addRepeated(read, tenant, wrong, before));
        }
    }

    /// Only the header that tells the schema is needed.
    private static Headers headers(ConsumerRecord<byte[], byte[]> read) {
        return read.headers().lastHeader(WireFormat.VALUE_SCHEMA_HEADER) == null ? NO_HEADERS : read.headers();
    }

    private TenantRecords tenant(TenantId id) {
        return tenants.computeIfAbsent(
                id, _ -> new TenantRecords(id, TenantPartitioner.partitionOf(id.value(), layout.changelogs())));
    }

    /// Whether a record is on its tenant's partition. Otherwise it is a finding.
    private boolean isOnOwningPartition(TenantId tenant, int partitions, ConsumerRecord<byte[], byte[]> read) {
        int owningPartition = TenantPartitioner.partitionOf(tenant.value(), partitions);
        if (owningPartition != read.partition()) {
            findings.addMisplaced(read, tenant, owningPartition);
        }
        return owningPartition == read.partition();
    }
}
