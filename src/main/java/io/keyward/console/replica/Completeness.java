package io.keyward.console.replica;

import io.keyward.domain.id.TenantId;
import io.keyward.topology.contract.TenantPartitioner;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/// How far a snapshot reaches, and what is not wholly known in it.
final class Completeness {
    static final String BEING_BUILT = "The replica is being built, and does not hold everything yet.";

    private final Frozen frozen;
    private final FollowedTopics topics;
    private final String rules;
    private final Reach reach;
    private final Map<TopicPartition, Meta.Position> positions = new HashMap<>();
    private final Map<String, Integer> partitions = new HashMap<>();

    Completeness(Frozen frozen, FollowedTopics topics, String rules, Reach reach) {
        this.frozen = frozen;
        this.topics = topics;
        this.rules = rules;
        this.reach = reach;
        try (Scan rows = frozen.scan(Meta.POSITIONS)) {
            for (; rows.isValid(); rows.next()) {
                TopicPartition partition = Meta.partition(rows.key());
                positions.put(partition, Meta.Position.read(rows.value()));
                partitions.merge(partition.topic(), partition.partition() + 1, Math::max);
            }
        }
        try (Scan rows = frozen.scan(Meta.TOPICS)) {
            for (; rows.isValid(); rows.next()) {
                partitions.put(
                        Meta.topic(rows.key()), Meta.topicOf(rows.value()).partitions());
            }
        }
    }

    /// The partition of a tenant in the changelog of a store.
    int home(String store, TenantId tenant) {
        return homeIn(topics.changelog(store), tenant);
    }

    private int homeIn(String topic, TenantId tenant) {
        return TenantPartitioner.home(tenant.value(), partitions.getOrDefault(topic, 1));
    }

    Freshness ofAll() {
        List<String> missing = unfinished();
        for (int partition = 0; partition < partitions.getOrDefault(topics.changelog(Nodes.TENANTS), 0); partition++) {
            otherRules(partition).ifPresent(missing::add);
        }
        if (frozen.holds(KeyWriter.in(Table.SWEEP).bytes())) {
            missing.add("The processor is still deciding environments again; what it has not reached is as it was.");
        }
        return freshness(_ -> true, missing);
    }

    Freshness of(TenantId tenant) {
        int home = home(Nodes.TENANTS, tenant);
        List<String> missing = unfinished();
        otherRules(home).ifPresent(missing::add);
        if (frozen.holds(IndexRows.sweepsOf(tenant).bytes())
                || frozen.holds(IndexRows.sweepsOf(home).bytes())) {
            missing.add(
                    "The processor is still deciding environments of this tenant again; what it has not reached is as it was.");
        }
        return freshness(partition -> partition.partition() == homeIn(partition.topic(), tenant), missing);
    }

    /// The snapshot itself tells, so that no half of a replica is ever taken for a whole one.
    private List<String> unfinished() {
        List<String> missing = new ArrayList<>();
        frozen.get(Meta.COMPLETION_KEY)
                .map(Meta.Completion::read)
                .filter(completion -> !completion.ever())
                .ifPresent(_ -> missing.add(BEING_BUILT));
        return missing;
    }

    private Freshness freshness(Predicate<TopicPartition> concerns, List<String> missing) {
        Instant asOf = Instant.EPOCH;
        long lag = 0;
        Map<TopicPartition, Long> read = new HashMap<>();
        for (Map.Entry<TopicPartition, Meta.Position> entry : positions.entrySet()) {
            if (concerns.test(entry.getKey())) {
                Meta.Position position = entry.getValue();
                read.put(entry.getKey(), position.next());
                asOf = position.newest().isAfter(asOf) ? position.newest() : asOf;
                lag += Math.max(0, reach.ends().getOrDefault(entry.getKey(), 0L) - position.next());
            }
        }
        reach.gaps().stream()
                .filter(gap -> gap.partition().filter(concerns.negate()).isEmpty())
                .map(Reach.Gap::sentence)
                .forEach(missing::add);
        return new Freshness(asOf, read, lag, missing);
    }

    private Optional<String> otherRules(int partition) {
        byte[] key = KeyWriter.joined(
                StoreRows.ofPartition(Nodes.TENANTS, partition), RowKeys.rules().get());
        return frozen.get(key)
                .map(found -> new String(found, StandardCharsets.UTF_8))
                .filter(found -> !found.equals(rules))
                .map(_ ->
                        "The processor decides partition %d by other rules than this console explains: run the same release with the same rule profile."
                                .formatted(partition));
    }
}
