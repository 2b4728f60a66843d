package io.keyward.console.replica;

import io.keyward.domain.fact.VersionPeriod;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/// What the database says about itself.
final class Meta {
    /// Counted up when the form of the database changes; one of another form is built anew.
    static final byte[] FORM = {3};

    static final byte[] FORM_KEY = KeyWriter.in(Table.META).text("form").bytes();
    static final byte[] TALLY_KEY = KeyWriter.in(Table.META).text("tally").bytes();

    static final byte[] COMPLETION_KEY =
            KeyWriter.in(Table.META).text("completion").bytes();

    static final byte[] POSITIONS = KeyWriter.in(Table.META).text("position").bytes();
    static final byte[] TOPICS = KeyWriter.in(Table.META).text("topic").bytes();

    /// Nothing was read yet.
    static final Position NOWHERE = new Position(0, Instant.EPOCH);

    private Meta() {}

    /// When all that was committed had been read.
    ///
    /// @param at for the last time; or when reading began, if it never was
    /// @param ever whether it ever was
    record Completion(Instant at, boolean ever) {
        /// Nothing was read yet.
        static final Completion NEVER = new Completion(Instant.EPOCH, false);

        byte[] bytes() {
            return ByteBuffer.allocate(Long.BYTES + 1)
                    .putLong(at.toEpochMilli())
                    .put((byte) (ever ? 1 : 0))
                    .array();
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
            return ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(next)
                    .putLong(newest.toEpochMilli())
                    .array();
        }

        Position advanced(long offset, Instant seen) {
            return new Position(offset, VersionPeriod.later(newest, seen));
        }

        static Position read(byte[] value) {
            ByteBuffer bytes = ByteBuffer.wrap(value);
            return new Position(bytes.getLong(), Instant.ofEpochMilli(bytes.getLong()));
        }
    }

    static byte[] positionKey(TopicPartition partition) {
        return KeyWriter.in(Table.META)
                .text("position")
                .text(partition.topic())
                .number(partition.partition())
                .bytes();
    }

    static TopicPartition partition(byte[] positionKey) {
        KeyReader parts = new KeyReader(positionKey, POSITIONS.length);
        return new TopicPartition(parts.text(), parts.number());
    }

    static byte[] topicKey(String topic) {
        return KeyWriter.in(Table.META).text("topic").text(topic).bytes();
    }

    static String topic(byte[] topicKey) {
        return new KeyReader(topicKey, TOPICS.length).text();
    }

    static byte[] bytes(KnownTopic topic) {
        return ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
                .putLong(topic.id().getMostSignificantBits())
                .putLong(topic.id().getLeastSignificantBits())
                .putInt(topic.partitions())
                .array();
    }

    static KnownTopic topicOf(byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value);
        return new KnownTopic(new Uuid(bytes.getLong(), bytes.getLong()), bytes.getInt());
    }
}
