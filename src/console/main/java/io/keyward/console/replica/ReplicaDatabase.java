package io.keyward.console.replica;

import io.keyward.ops.http.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// Rows, indexes, timelines and read positions in one RocksDB. Each batch of records is written atomically with
/// the positions after it. One thread writes; any number of threads may take views.
final class ReplicaDatabase implements AutoCloseable {
    private volatile FollowedTopics topics;
    private final DatabaseSettings settings;
    private final OpenDatabase open;
    private final Map<TopicPartition, OffsetAndTimestamp> positions = new HashMap<>();

    private ReplicaDatabase(FollowedTopics topics, DatabaseSettings settings, OpenDatabase open) {
        this.topics = topics;
        this.settings = settings;
        this.open = open;
        if (!now(Meta::isOfThisForm)) {
            write(Meta::begin);
        }
        positions.putAll(now(Meta::positions));
    }

    /// Opens the database in the folder of the settings, and clears it if it is in another format.
    ///
    /// @throws ReplicaException if the folder is in use or cannot be used
    static ReplicaDatabase open(FollowedTopics topics, DatabaseSettings settings) {
        return new ReplicaDatabase(topics, settings, OpenDatabase.open(settings));
    }

    private <T> T now(Function<ReplicaSnapshot, T> question) {
        try (ReplicaSnapshot now = ReplicaSnapshot.now(open.rocks(), VisibleRows.ALL)) {
            return question.apply(now);
        }
    }

    /// Applies records of followed topics, in the order of each partition.
    ///
    /// @param next the next offset in each partition that was read; it may be beyond the last record
    /// @throws ReplicaException if a record is in a format that this release does not know; then
    ///     nothing is changed
    public void apply(Iterable<ConsumerRecord<byte[], byte[]>> records, Map<TopicPartition, Long> next) {
        RowChanges rows = new RowChanges(open.rocks());
        TimelineChanges timeline = new TimelineChanges(
                open.rocks(), settings.timelineKept(), topics.names().decisions());
        List<ConsumerRecord<byte[], byte[]>> watched = new ArrayList<>();
        Map<TopicPartition, Long> newest = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            topics.store(record.topic()).ifPresent(store -> rows.add(store, record));
            topics.output(record.topic()).ifPresent(_ -> timeline.add(record));
            if (record.topic().equals(topics.keyWatch())) {
                watched.add(record);
            }
            newest.merge(new TopicPartition(record.topic(), record.partition()), record.timestamp(), Math::max);
        }
        Map<TopicPartition, OffsetAndTimestamp> after = new HashMap<>();
        next.forEach((partition, offset) -> {
            OffsetAndTimestamp before = positions.getOrDefault(partition, new OffsetAndTimestamp(0, 0));
            long timestamp = Math.max(before.timestamp(), newest.getOrDefault(partition, 0L));
            after.put(partition, new OffsetAndTimestamp(offset, timestamp));
        });
        Tally tally = now(Tally::kept);
        write(batch -> {
            rows.write(batch, tally);
            timeline.write(batch);
            for (ConsumerRecord<byte[], byte[]> record : watched) {
                write(record, batch);
            }
            for (Map.Entry<TopicPartition, OffsetAndTimestamp> entry : after.entrySet()) {
                batch.put(Meta.positionKey(entry.getKey()), Meta.bytes(entry.getValue()));
            }
            batch.put(Meta.TALLY_KEY, tally.bytes());
        });
        positions.putAll(after);
    }

    private static void write(ConsumerRecord<byte[], byte[]> watched, WriteBatch batch) throws RocksDBException {
        Optional<byte[]> row = WatchRows.of(watched);
        if (row.isPresent() && watched.value() == null) {
            batch.delete(row.get());
        } else if (row.isPresent()) {
            batch.put(row.get(), WatchRows.value(watched));
        }
    }

    /// The next offset to read in each partition.
    Map<TopicPartition, Long> positions() {
        return positions.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /// The followed topics at the last refresh.
    Map<String, KnownTopic> known() {
        return now(Meta::topics);
    }

    /// Follows these topics from now on. Clears the database if its rows came from other changelogs.
    ///
    /// @return whether it was cleared
    boolean follow(FollowedTopics followed, Instant now) {
        topics = followed;
        boolean others = !followed.all().containsAll(known().keySet());
        if (others) {
            clear(now);
        }
        return others;
    }

    /// Stores the followed topics of the last refresh.
    void remember(Map<String, KnownTopic> topics) {
        if (known().equals(topics)) {
            return;
        }
        write(batch -> {
            for (Map.Entry<String, KnownTopic> topic : topics.entrySet()) {
                batch.put(Meta.topicKey(topic.getKey()), Meta.bytes(topic.getValue()));
            }
        });
    }

    /// When the replica last held everything that was committed.
    Meta.Completion completion() {
        return now(Meta::completion).orElse(Meta.Completion.NEVER);
    }

    void complete(Meta.Completion now) {
        write(batch -> batch.put(Meta.COMPLETION_KEY, now.bytes()));
    }

    /// Clears the database. Open views keep their rows.
    void clear(Instant now) {
        write(batch -> {
            Meta.begin(batch);
            batch.put(Meta.COMPLETION_KEY, new Meta.Completion(now, false).bytes());
        });
        positions.clear();
    }

    /// A view of what is known now and the caller may see, with what is known about the cluster. The caller
    /// must close it.
    ReplicaView view(Caller caller, ClusterProgress clusterProgress) {
        open.enter();
        ReplicaSnapshot snapshot = ReplicaSnapshot.now(
                open.rocks(), caller.tenants().map(VisibleRows::of).orElse(VisibleRows.ALL));
        StalenessCalculator calculator = new StalenessCalculator(snapshot, topics, settings.rules(), clusterProgress);
        return new ReplicaView(snapshot, caller, calculator, open::leave);
    }

    /// A change of the database that may throw RocksDB's exception.
    private interface Part {
        void addTo(WriteBatch batch) throws RocksDBException;
    }

    private void write(Part part) {
        try (WriteBatch batch = new WriteBatch();
                WriteOptions options = new WriteOptions()) {
            part.addTo(batch);
            open.rocks().write(options, batch);
        } catch (RocksDBException failure) {
            throw new ReplicaException(
                    "The replica cannot be written to %s: %s".formatted(settings.folder(), failure.getMessage()),
                    failure);
        }
    }

    /// Open views stay usable until they are closed.
    @Override
    public void close() {
        open.close();
    }
}
