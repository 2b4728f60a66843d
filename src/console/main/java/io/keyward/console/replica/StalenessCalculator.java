package io.keyward.console.replica;

import io.keyward.client.TenantPartitioner;
import io.keyward.domain.fact.Instants;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/// Calculates the staleness of a snapshot.
final class StalenessCalculator {
    static final String BEING_BUILT = "The replica is being built, and does not hold everything yet.";

    private final ReplicaSnapshot snapshot;
    private final FollowedTopics topics;
    private final String rules;
    private final ClusterProgress clusterProgress;
    private final Map<TopicPartition, OffsetAndTimestamp> positions;
    private final Map<String, Integer> partitions = new HashMap<>();

    StalenessCalculator(
            ReplicaSnapshot snapshot, FollowedTopics topics, String rules, ClusterProgress clusterProgress) {
        this.snapshot = snapshot;
        this.topics = topics;
        this.rules = rules;
        this.clusterProgress = clusterProgress;
        this.positions = Meta.positions(snapshot);
        positions.keySet().forEach(read -> partitions.merge(read.topic(), read.partition() + 1, Math::max));
        Meta.topics(snapshot).forEach((topic, known) -> partitions.put(topic, known.partitions()));
    }

    /// The partition of a tenant in the changelog of a store.
    int partitionOf(String store, TenantId tenant) {
        return TenantPartitioner.partitionOf(tenant.value(), partitions.getOrDefault(topics.changelog(store), 1));
    }

    Staleness ofAll() {
        int all = partitions.getOrDefault(topics.changelog(Nodes.TENANTS), 0);
        return staleness(OptionalInt.empty(), missing(IntStream.range(0, all), "", KeyWriter.in(Table.FAN_OUT)));
    }

    Staleness of(TenantId tenant) {
        int owningPartition = partitionOf(Nodes.TENANTS, tenant);
        KeyWriter fanOuts = KeyWriter.in(Table.FAN_OUT, tenant);
        return staleness(
                OptionalInt.of(owningPartition),
                missing(
                        IntStream.of(owningPartition),
                        " of this tenant",
                        fanOuts,
                        IndexRows.fanOutsOf(owningPartition)));
    }

    /// What the snapshot itself shows to be missing, so that a partial replica is never mistaken for
    /// a complete one.
    ///
    /// @param environments a phrase that says whose decisions are meant
    /// @param fanOuts the prefixes of the unfinished fan-outs that concern it
    private List<String> missing(IntStream concerned, String environments, KeyWriter... fanOuts) {
        List<String> missing = new ArrayList<>();
        Meta.completion(snapshot).filter(completion -> !completion.ever()).ifPresent(_ -> missing.add(BEING_BUILT));
        concerned.forEach(partition -> otherRules(partition).ifPresent(missing::add));
        if (Stream.of(fanOuts).anyMatch(fanOut -> snapshot.holds(fanOut.bytes()))) {
            missing.add(
                    "The processor is still deciding environments%s again; those that it has not reached yet are shown as they were."
                            .formatted(environments));
        }
        return missing;
    }

    /// @param owningPartition the tenant's partition; empty for all partitions
    private Staleness staleness(OptionalInt owningPartition, List<String> missing) {
        Predicate<TopicPartition> concerns = partition -> !partition.topic().equals(topics.keyWatch())
                && (owningPartition.isEmpty() || partition.partition() == owningPartition.getAsInt());
        Instant asOf = Instant.EPOCH;
        Decided decided = clusterProgress.decided(owningPartition);
        long lag = decided.waiting();
        SortedMap<String, Long> read = new TreeMap<>();
        for (Map.Entry<TopicPartition, OffsetAndTimestamp> entry : positions.entrySet()) {
            if (concerns.test(entry.getKey())) {
                long next = entry.getValue().offset();
                read.put(entry.getKey().toString(), next);
                asOf = Instants.max(asOf, Instant.ofEpochMilli(entry.getValue().timestamp()));
                lag += Math.max(0, clusterProgress.ends().getOrDefault(entry.getKey(), 0L) - next);
            }
        }
        clusterProgress.gaps().stream()
                .filter(gap -> gap.partition().filter(concerns.negate()).isEmpty())
                .map(ClusterProgress.Gap::sentence)
                .forEach(missing::add);
        clusterProgress.undecided(owningPartition).ifPresent(missing::add);
        return new Staleness(asOf, decided.upTo(), read, lag, missing.isEmpty(), List.copyOf(missing));
    }

    private Optional<String> otherRules(int partition) {
        byte[] key = KeyWriter.joined(StoreRows.ofPartition(Nodes.TENANTS, partition), RowKeys.RULES_ROW.get());
        return snapshot.get(key)
                .map(found -> new String(found, StandardCharsets.UTF_8))
                .filter(found -> !found.equals(rules))
                .map(_ ->
                        "The processor decides partition %d by other rules than those of this console: run the same release with the same rule profile."
                                .formatted(partition));
    }
}
