package io.keyward.console.replica;

import io.keyward.console.replica.ReplicaStatus.Phase;
import io.keyward.kafka.KafkaAnswers;
import io.keyward.kafka.Stopwatch;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.ProgressRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the followed topics into the database, from one connection to the next failure. For one thread.
final class ReplicaUpdater {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaUpdater.class);
    private static final Duration POLL = Duration.ofMillis(100);

    /// The minimum interval between writes of the completion time.
    private static final Duration COMPLETION_KEPT = Duration.ofSeconds(5);

    private static final int REFRESHES_PER_CHECK = 60;

    private final ReplicaSettings settings;
    private final ReplicaDatabase database;
    private final ReplicaClients clients;
    private final Consumer<byte[], byte[]> consumer;
    private final ReplicaProgress progress;
    private final Pause pause;
    private final HiddenRecords hidden;
    private final String tenants;
    private ProcessorProgress processorProgress;

    /// Partitions whose end was not reached since they were assigned.
    private final Set<TopicPartition> behind = new HashSet<>();

    private List<ClusterProgress.Gap> missing = List.of();
    /// The last stable offsets: the ends up to which records can be read for now.
    private Map<TopicPartition, Long> ends = Map.of();
    private Instant refreshedAt = Instant.MIN;
    private boolean hasLoggedKeyWatch;

    ReplicaUpdater(
            ReplicaSettings settings,
            ReplicaDatabase database,
            ReplicaClients clients,
            ReplicaProgress progress,
            Pause pause) {
        this.settings = settings;
        this.database = database;
        this.clients = clients;
        this.consumer = clients.consumer();
        this.progress = progress;
        this.pause = pause;
        this.hidden = new HiddenRecords(settings.patience());
        this.processorProgress = new ProcessorProgress(clients.cluster(), settings.topics(), settings.clock());
        this.tenants = settings.topics().changelog(Nodes.TENANTS);
    }

    /// Waits; returns early when the replica is closed.
    interface Pause {
        void pause(Duration time);
    }

    /// Reads as long as `goOn` returns true.
    ///
    /// @param same whether these are still the topics to follow; called about once a minute
    /// @throws io.keyward.cluster.ClusterException if the cluster does not respond or denies access; a retry with
    ///     new clients may succeed
    /// @throws org.apache.kafka.common.KafkaException the same for the consumer
    void follow(BooleanSupplier goOn, BooleanSupplier same) {
        clearIfTooOld();
        Optional<Stopwatch> sinceRefresh = Optional.empty();
        int refreshes = 0;
        while (goOn.getAsBoolean()) {
            if (sinceRefresh.isEmpty() || sinceRefresh.get().hasReached(settings.refreshInterval())) {
                refreshes++;
                if (refreshes % REFRESHES_PER_CHECK == 0 && !same.getAsBoolean()) {
                    return;
                }
                refresh();
                sinceRefresh = Optional.of(Stopwatch.start());
            }
            read();
        }
    }

    /// Clears the database if tombstones may have been compacted away unread: deleted rows would stay forever.
    private void clearIfTooOld() {
        Instant now = settings.clock().instant();
        Set<String> topics = clients.topics(settings.topics().all()).keySet();
        Optional<Duration> kept = clients.tombstonesKept(topics);
        Instant complete = database.completion().at();
        if (complete.equals(Instant.EPOCH)) {
            database.clear(now);
        } else if (kept.filter(time -> complete.plus(time).isBefore(now)).isPresent()) {
            rebuild("it was last complete at %s, and the topics keep tombstones for only %s"
                    .formatted(complete, kept.get()));
        }
    }

    private void refresh() {
        Map<String, KnownTopic> found = clients.topics(settings.topics().all());
        database.known().forEach((name, known) -> {
            if (found.containsKey(name) && !found.get(name).id().equals(known.id())) {
                rebuild("the topic %s was recreated".formatted(name));
            }
        });
        database.remember(found);
        String keyWatch = settings.topics().keyWatch();
        if (!found.containsKey(keyWatch) && !hasLoggedKeyWatch) {
            LOG.warn(
                    "The topic {} does not exist, so the console cannot show how well keys are watched. Create it: bin/keyward topics create",
                    keyWatch);
            hasLoggedKeyWatch = true;
        }
        missing = settings.topics().all().stream()
                .filter(name -> !found.containsKey(name) && !name.equals(keyWatch))
                .map(name -> ClusterProgress.Gap.ofAll("The topic %s does not exist.".formatted(name)))
                .toList();
        assign(found.entrySet().stream()
                .flatMap(topic ->
                        KafkaAnswers.partitions(topic.getKey(), topic.getValue().partitions()))
                .collect(Collectors.toSet()));
        processorProgress.refresh();
        refreshedAt = settings.clock().instant();
        ends = clients.cluster().offsets(consumer.assignment(), OffsetSpec.latest());
        Map<TopicPartition, Long> written = clients.cluster().written(consumer.assignment());
        hidden.update(ends, written);
        processorProgress.mustBeRead(refreshedAt, written);
    }

    private void assign(Set<TopicPartition> partitions) {
        Set<TopicPartition> added = new HashSet<>(partitions);
        added.removeAll(consumer.assignment());
        if (partitions.equals(consumer.assignment())) {
            return;
        }
        consumer.assign(partitions);
        behind.retainAll(partitions);
        behind.addAll(added);
        Map<TopicPartition, Long> startOffsets = new HashMap<>(clients.cluster().offsets(added, OffsetSpec.earliest()));
        startOffsets.putAll(database.positions());
        added.forEach(partition -> consumer.seek(partition, startOffsets.get(partition)));
    }

    private void read() {
        try {
            take(poll());
        } catch (OffsetOutOfRangeException gone) {
            rebuild("records after the last read position were deleted from %s".formatted(gone.partitions()));
        }
        report();
    }

    /// Pauses even if no partition is assigned.
    private ConsumerRecords<byte[], byte[]> poll() {
        if (consumer.assignment().isEmpty()) {
            pause.pause(POLL);
            return ConsumerRecords.empty();
        }
        return consumer.poll(POLL);
    }

    /// The position can advance without a record, past transaction markers and aborted records.
    private void take(ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, Long> before = database.positions();
        Map<TopicPartition, Long> next = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            long position = consumer.position(partition);
            if (before.getOrDefault(partition, -1L) != position) {
                next.put(partition, position);
            }
        }
        if (!next.isEmpty()) {
            database.apply(records, next);
            for (ConsumerRecord<byte[], byte[]> row : records.records(tenants)) {
                if (Bytes.wrap(row.key()).equals(ProgressRow.KEY) && row.value() != null) {
                    processorProgress.readProgress(row.partition(), row.value());
                }
            }
            progress.count(records.count());
        }
        Map<TopicPartition, Long> now = database.positions();
        behind.removeIf(partition -> isAtEnd(partition, now));
    }

    private boolean isAtEnd(TopicPartition partition, Map<TopicPartition, Long> positions) {
        return ends.containsKey(partition) && positions.getOrDefault(partition, 0L) >= ends.get(partition);
    }

    private void report() {
        Map<TopicPartition, Long> positions = database.positions();
        if (missing.isEmpty()
                && !ends.isEmpty()
                && ends.keySet().stream().allMatch(partition -> isAtEnd(partition, positions))) {
            complete();
        }
        processorProgress.read(positions);
        progress.reading(phase(), database, ends, gaps(), processorProgress.decided());
    }

    private void complete() {
        Meta.Completion last = database.completion();
        if (!last.ever() || last.at().plus(COMPLETION_KEPT).isBefore(refreshedAt)) {
            database.complete(new Meta.Completion(refreshedAt, true));
        }
    }

    private Phase phase() {
        if ((progress.status().ready() && database.completion().ever())
                || (missing.isEmpty() && behind.isEmpty() && !ends.isEmpty())) {
            return Phase.READY;
        }
        if (!missing.isEmpty() && behind.isEmpty()) {
            return Phase.WAITING;
        }
        return database.completion().ever() ? Phase.CATCHING_UP : Phase.BUILDING;
    }

    private List<ClusterProgress.Gap> gaps() {
        List<ClusterProgress.Gap> gaps = new ArrayList<>(missing);
        if (progress.status().ready()) {
            behind.forEach(partition -> gaps.add(new ClusterProgress.Gap(
                    "The partition %s is new and has not been read to its end yet.".formatted(partition),
                    Optional.of(partition))));
        }
        gaps.addAll(hidden.gaps());
        processorProgress.trouble().ifPresent(gaps::add);
        return gaps;
    }

    private void rebuild(String reason) {
        LOG.warn("Rebuilding the replica: {}", reason);
        database.clear(settings.clock().instant());
        consumer.assign(Set.of());
        behind.clear();
        ends = Map.of();
        processorProgress = new ProcessorProgress(clients.cluster(), settings.topics(), settings.clock());
        progress.reading(Phase.BUILDING, database, Map.of(), List.of(), List.of());
    }
}
