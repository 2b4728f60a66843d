package io.keyward.console.replica;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// The metadata of the database.
final class Meta {
    /// Incremented when the format of the database changes; a database in another format is rebuilt.
    private static final byte[] FORM = {10};

    static final byte[] FORM_KEY = KeyWriter.in(Table.META).text("form").bytes();
    static final byte[] TALLY_KEY = KeyWriter.in(Table.META).text("tally").bytes();

    static final byte[] COMPLETION_KEY =
            KeyWriter.in(Table.META).text("completion").bytes();

    private static final byte[] POSITIONS =
            KeyWriter.in(Table.META).text("position").bytes();
    private static final byte[] TOPICS = KeyWriter.in(Table.META).text("topic").bytes();

    private Meta() {}

    static boolean isOfThisForm(ReplicaSnapshot database) {
        return database.get(FORM_KEY).filter(form -> Arrays.equals(form, FORM)).isPresent();
    }

    /// Clears the database and writes the current format.
    static void begin(WriteBatch batch) throws RocksDBException {
        batch.deleteRange(new byte[] {0}, new byte[] {Byte.MAX_VALUE});
        batch.put(FORM_KEY, FORM);
    }

    /// When the replica last held everything that was committed.
    ///
    /// @param at the last time; if it has never been complete, when reading began
    /// @param ever whether it has ever been complete
    record Completion(Instant at, boolean ever) {
        static final Completion NEVER = new Completion(Instant.EPOCH, false);

        byte[] bytes() {
            return new KeyWriter().number(at.toEpochMilli()).code(ever ? 1 : 0).bytes();
        }

        static Completion read(byte[] value) {
            KeyReader parts = new KeyReader(value);
            return new Completion(Instant.ofEpochMilli(parts.longNumber()), parts.code() == 1);
        }
    }

    /// Empty if reading has not begun.
    static Optional<Completion> completion(ReplicaSnapshot database) {
        return database.get(COMPLETION_KEY).map(Completion::read);
    }

    /// The progress in each partition: the next offset to read, and the newest record timestamp so far; 0 if
    /// nothing was read.
    static Map<TopicPartition, OffsetAndTimestamp> positions(ReplicaSnapshot database) {
        Map<TopicPartition, OffsetAndTimestamp> positions = new HashMap<>();
        try (Scan rows = database.scan(POSITIONS)) {
            rows.forEachRemaining(row -> {
                KeyReader parts = new KeyReader(row.key.get());
                KeyReader value = new KeyReader(row.value);
                positions.put(
                        new TopicPartition(parts.text(), parts.number()),
                        new OffsetAndTimestamp(value.longNumber(), value.longNumber()));
            });
        }
        return positions;
    }

    /// The followed topics at the last refresh.
    static Map<String, KnownTopic> topics(ReplicaSnapshot database) {
        Map<String, KnownTopic> topics = new HashMap<>();
        try (Scan rows = database.scan(TOPICS)) {
            rows.forEachRemaining(row -> {
                KeyReader value = new KeyReader(row.value);
                topics.put(
                        new KeyReader(row.key.get()).text(),
                        new KnownTopic(new Uuid(value.longNumber(), value.longNumber()), value.number()));
            });
        }
        return topics;
    }

    static byte[] positionKey(TopicPartition partition) {
        return new KeyWriter()
                .raw(POSITIONS)
                .text(partition.topic())
                .number(partition.partition())
                .bytes();
    }

    static byte[] bytes(OffsetAndTimestamp position) {
        return new KeyWriter()
                .number(position.offset())
                .number(position.timestamp())
                .bytes();
    }

    static byte[] topicKey(String topic) {
        return new KeyWriter().raw(TOPICS).text(topic).bytes();
    }

    static byte[] bytes(KnownTopic topic) {
        return new KeyWriter()
                .number(topic.id().getMostSignificantBits())
                .number(topic.id().getLeastSignificantBits())
                .number(topic.partitions())
                .bytes();
    }
}
