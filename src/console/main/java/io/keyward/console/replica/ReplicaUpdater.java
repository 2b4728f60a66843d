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

    /// How often the database is told that it is complete, at most.
    private static final Duration COMPLETION_KEPT = Duration.ofSeconds(5);

    private static final int LOOKS_PER_QUESTION = 60;

    private final ReplicaSettings settings;
    private final ReplicaDatabase database;
    private final ReplicaClients clients;
    private final Consumer<byte[], byte[]> consumer;
    private final ReplicaProgress progress;
    private final Pause pause;
    private final HiddenRecords hidden;
    private final String tenants;
    private ProcessorProgress undecided;

    /// Partitions whose end was not reached since they were assigned.
    private final Set<TopicPartition> behind = new HashSet<>();

    private List<ClusterProgress.Gap> missing = List.of();
    /// Where reading ends for now: before the first open transaction.
    private Map<TopicPartition, Long> ends = Map.of();
    private Instant lookedAt = Instant.MIN;
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
        this.undecided = new ProcessorProgress(clients.cluster(), settings.topics(), settings.clock());
        this.tenants = settings.topics().changelog(Nodes.TENANTS);
    }

    /// Waits; ends early when the replica is closed.
    interface Pause {
        void pause(Duration time);
    }

    /// Reads while it may go on.
    ///
    /// @param same whether the topics are still to be followed; asked now and then
    /// @throws io.keyward.cluster.ClusterException if the cluster does not answer, or refuses; another follower may
    ///     have more luck
    /// @throws org.apache.kafka.common.KafkaException the same for what the consumer asks
    void follow(BooleanSupplier goOn, BooleanSupplier same) {
        forgetWhatIsTooOld();
        Optional<Stopwatch> looked = Optional.empty();
        int looks = 0;
        while (goOn.getAsBoolean()) {
            if (looked.isEmpty() || looked.get().hasReached(settings.look())) {
                looks++;
                if (looks % LOOKS_PER_QUESTION == 0 && !same.getAsBoolean()) {
                    return;
                }
                look();
                looked = Optional.of(Stopwatch.start());
            }
            read();
        }
    }

    /// Tombstones of rows that went while we were away may be gone too, so these rows would stay for ever.
    private void forgetWhatIsTooOld() {
        Instant now = settings.clock().instant();
        Set<String> topics = clients.topics(settings.topics().all()).keySet();
        Optional<Duration> kept = clients.tombstonesKept(topics);
        Instant complete = database.completion().at();
        if (complete.equals(Instant.EPOCH)) {
            database.clear(now);
        } else if (kept.filter(time -> complete.plus(time).isBefore(now)).isPresent()) {
            buildAnew("it was last complete at %s, and the topics keep tombstones for %s only"
                    .formatted(complete, kept.get()));
        }
    }

    private void look() {
        Map<String, KnownTopic> found = clients.topics(settings.topics().all());
        database.known().forEach((name, known) -> {
            if (found.containsKey(name) && !found.get(name).id().equals(known.id())) {
                buildAnew("the topic %s was created anew".formatted(name));
            }
        });
        database.remember(found);
        String keyWatch = settings.topics().keyWatch();
        if (!found.containsKey(keyWatch) && !hasLoggedKeyWatch) {
            LOG.warn(
                    "The topic {} does not exist, so it is not shown how well keys are watched. Create it: bin/keyward topics create",
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
        undecided.look();
        lookedAt = settings.clock().instant();
        ends = clients.cluster().offsets(consumer.assignment(), OffsetSpec.latest());
        Map<TopicPartition, Long> written = clients.cluster().written(consumer.assignment());
        hidden.look(ends, written);
        undecided.mustBeRead(lookedAt, written);
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
        Map<TopicPartition, Long> places = new HashMap<>(clients.cluster().offsets(added, OffsetSpec.earliest()));
        places.putAll(database.positions());
        added.forEach(partition -> consumer.seek(partition, places.get(partition)));
    }

    private void read() {
        try {
            take(poll());
        } catch (OffsetOutOfRangeException gone) {
            buildAnew("records after the last ones that were read are gone from %s".formatted(gone.partitions()));
        }
        report();
    }

    /// Waits a little also if there is nothing to read.
    private ConsumerRecords<byte[], byte[]> poll() {
        if (consumer.assignment().isEmpty()) {
            pause.pause(POLL);
            return ConsumerRecords.empty();
        }
        return consumer.poll(POLL);
    }

    /// The position can move without a record: over the end of a transaction, or what was aborted.
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
                    undecided.said(row.partition(), row.value());
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
        undecided.read(positions);
        progress.reading(phase(), database, ends, gaps(), undecided.decided());
    }

    private void complete() {
        Meta.Completion last = database.completion();
        if (!last.ever() || last.at().plus(COMPLETION_KEPT).isBefore(lookedAt)) {
            database.complete(new Meta.Completion(lookedAt, true));
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
                    "The partition %s is new and not read to its end yet.".formatted(partition),
                    Optional.of(partition))));
        }
        gaps.addAll(hidden.gaps());
        undecided.trouble().ifPresent(gaps::add);
        return gaps;
    }

    private void buildAnew(String reason) {
        LOG.warn("The replica is built anew: {}", reason);
        database.clear(settings.clock().instant());
        consumer.assign(Set.of());
        behind.clear();
        ends = Map.of();
        undecided = new ProcessorProgress(clients.cluster(), settings.topics(), settings.clock());
        progress.reading(Phase.BUILDING, database, Map.of(), List.of(), List.of());
    }
}
