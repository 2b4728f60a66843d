package io.keyward.client;

import io.keyward.decision.Warning;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.wire.PayloadException;
import io.keyward.registry.wire.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A record of the topic `warnings`; a tombstone has no warning.
record FeedRecord(int partition, long offset, String key, Optional<Warning> warning) {
    private static final Logger LOG = LoggerFactory.getLogger(FeedRecord.class);

    /// Reads a record. Returns empty, and logs why, if it can never be read.
    ///
    /// @throws io.keyward.registry.client.RegistryUnavailableException if the registry does not answer
    static Optional<FeedRecord> read(ConsumerRecord<byte[], byte[]> record, AvroDeserializer values) {
        try {
            if (record.key() == null) {
                throw new UnreadableException("it has no key", null);
            }
            String key = new String(record.key(), StandardCharsets.UTF_8);
            Optional<Warning> warning =
                    Optional.ofNullable((Warning) values.deserialize(record.topic(), record.headers(), record.value()));
            return Optional.of(new FeedRecord(record.partition(), record.offset(), key, warning));
        } catch (PayloadException unreadable) {
            LOG.error(
                    "Skipping {}-{}@{}: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    unreadable.getMessage());
            return Optional.empty();
        }
    }
}
