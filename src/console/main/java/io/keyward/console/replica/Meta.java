package io.keyward.console.replica;

import io.keyward.domain.fact.VersionPeriod;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// What the database says about itself.
final class Meta {
    /// Counted up when the form of the database changes; one of another form is built anew.
    private static final byte[] FORM = {8};

    static final byte[] FORM_KEY = KeyWriter.in(Table.META).text("form").bytes();
    static final byte[] TALLY_KEY = KeyWriter.in(Table.META).text("tally").bytes();

    static final byte[] COMPLETION_KEY =
            KeyWriter.in(Table.META).text("completion").bytes();

    private static final byte[] POSITIONS =
            KeyWriter.in(Table.META).text("position").bytes();
    private static final byte[] TOPICS = KeyWriter.in(Table.META).text("topic").bytes();

    /// Nothing was read yet.
    static final Position NOWHERE = new Position(0, Instant.EPOCH);

    private Meta() {}

    static boolean isOfThisForm(Frozen database) {
        return database.get(FORM_KEY).filter(form -> Arrays.equals(form, FORM)).isPresent();
    }

    /// Makes a database of this form that holds nothing else.
    static void begin(WriteBatch batch) throws RocksDBException {
        batch.deleteRange(new byte[] {0}, new byte[] {Byte.MAX_VALUE});
        batch.put(FORM_KEY, FORM);
    }

    /// When all that was committed had been read.
    ///
    /// @param at for the last time; or when reading began, if it never was
    /// @param ever whether it ever was
    record Completion(Instant at, boolean ever) {
        /// Nothing was read yet.
        static final Completion NEVER = new Completion(Instant.EPOCH, false);

        byte[] bytes() {
            return new KeyWriter().number(at.toEpochMilli()).code(ever ? 1 : 0).bytes();
        }

        static Completion read(byte[] value) {
            ByteBuffer bytes = ByteBuffer.wrap(value);
            return new Completion(Instant.ofEpochMilli(bytes.getLong()), bytes.get() == 1);
        }
    }

    /// How far a partition was read.
    ///
    /// @param next the offset to go on at
    /// @param newest the newest record timestamp in it; [Instant#EPOCH] if nothing was read
    record Position(long next, Instant newest) {
        byte[] bytes() {
            return new KeyWriter().number(next).number(newest.toEpochMilli()).bytes();
        }

        Position advanced(long offset, Instant seen) {
            return new Position(offset, VersionPeriod.later(newest, seen));
        }

        static Position read(byte[] value) {
            ByteBuffer bytes = ByteBuffer.wrap(value);
            return new Position(bytes.getLong(), Instant.ofEpochMilli(bytes.getLong()));
        }
    }

    /// Empty if reading has not begun.
    static Optional<Completion> completion(Frozen database) {
        return database.get(COMPLETION_KEY).map(Completion::read);
    }

    /// How far each partition was read.
    static Map<TopicPartition, Position> positions(Frozen database) {
        Map<TopicPartition, Position> positions = new HashMap<>();
        try (Scan rows = database.scan(POSITIONS)) {
            rows.forEachRemaining(row -> {
                KeyReader parts = new KeyReader(row.key.get());
                positions.put(new TopicPartition(parts.text(), parts.number()), Position.read(row.value));
            });
        }
        return positions;
    }

    /// The followed topics as they last were.
    static Map<String, KnownTopic> topics(Frozen database) {
        Map<String, KnownTopic> topics = new HashMap<>();
        try (Scan rows = database.scan(TOPICS)) {
            rows.forEachRemaining(row -> {
                ByteBuffer value = ByteBuffer.wrap(row.value);
                topics.put(
                        new KeyReader(row.key.get()).text(),
                        new KnownTopic(new Uuid(value.getLong(), value.getLong()), value.getInt()));
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
