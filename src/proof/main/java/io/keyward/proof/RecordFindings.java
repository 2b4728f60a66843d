package io.keyward.proof;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.id.TenantId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;

/// What is wrong with records by themselves: their keys cannot be read, they are on a partition that is not their
/// tenant's, or they do not follow the record before them.
final class RecordFindings {
    private final Function<String, Optional<String>> stores;
    private final List<ProofFinding> unreadable = new ArrayList<>();
    private final Map<RecordKey, ProofFinding> misplaced = new LinkedHashMap<>();
    private final List<Repeated> repeated = new ArrayList<>();
    private long omitted;

    /// @param stores the store of a changelog; empty for an output
    RecordFindings(Function<String, Optional<String>> stores) {
        this.stores = stores;
    }

    /// A key on a partition that is not its tenant's.
    private record RecordKey(String topic, int partition, Bytes key) {}

    /// An output that does not follow the one before it.
    ///
    /// @param before the offset of the one before it. Compaction while the log was read can have removed those
    ///     between them. If this one is still there, it has not
    record Repeated(ProofFinding finding, TopicPartition partition, long before) {}

    /// The key of a record cannot be read.
    void addUnreadable(ConsumerRecord<byte[], byte[]> read, String sentence) {
        if (fits(unreadable.size())) {
            unreadable.add(finding(read, Optional.empty(), sentence));
        }
    }

    /// A record is not on its tenant's partition. A tombstone there takes the wrong record away.
    void addMisplaced(ConsumerRecord<byte[], byte[]> read, TenantId tenant, int owningPartition) {
        RecordKey place = new RecordKey(read.topic(), read.partition(), Bytes.wrap(read.key()));
        if (read.value() == null) {
            misplaced.remove(place);
        } else if (fits(misplaced.size())) {
            String sentence = "Expected on the tenant's partition %d, found on partition %d."
                    .formatted(owningPartition, read.partition());
            misplaced.put(place, finding(read, Optional.of(tenant), sentence));
        }
    }

    /// An output does not follow the one before it under its key.
    void addRepeated(ConsumerRecord<byte[], byte[]> read, TenantId tenant, String sentence, NewestOutput before) {
        if (fits(repeated.size())) {
            repeated.add(new Repeated(
                    finding(read, Optional.of(tenant), sentence),
                    new TopicPartition(read.topic(), read.partition()),
                    before.offset()));
        }
    }

    /// Whether there is room for one more; otherwise it is counted.
    private boolean fits(int listed) {
        if (listed >= Report.LISTED) {
            omitted++;
        }
        return listed < Report.LISTED;
    }

    /// Those that are certain.
    List<ProofFinding> findings() {
        List<ProofFinding> all = new ArrayList<>(unreadable);
        all.addAll(misplaced.values());
        return all;
    }

    /// Those that compaction may explain.
    List<Repeated> repeated() {
        return repeated;
    }

    /// How many findings are not among those listed.
    long omitted() {
        return omitted;
    }

    private ProofFinding finding(ConsumerRecord<byte[], byte[]> read, Optional<TenantId> tenant, String sentence) {
        Optional<String> store = stores.apply(read.topic());
        return ProofFinding.of(
                read,
                tenant,
                tenant.flatMap(_ -> RecordKeys.environment(read, store)),
                new Deviation(store.isEmpty() ? Optional.of(Rule.R15) : Optional.empty(), sentence));
    }
}
