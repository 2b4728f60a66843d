package io.keyward.intake.audit;

import io.keyward.config.AuditSource;
import io.keyward.intake.Finding;
import io.keyward.intake.Item;
import io.keyward.intake.Publisher.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// The records of one poll on their way to Kafka.
///
/// @param begins the offset of the first record of each partition
/// @param goesOn the offset after the last record of each partition
/// @param acknowledged completes with their outcome
record Batch(
        List<Item> items,
        Map<TopicPartition, Long> begins,
        Map<TopicPartition, OffsetAndMetadata> goesOn,
        CompletableFuture<Void> acknowledged) {
    /// Publishes the records, until something fails at once. Only what is refused needs its own origin; all
    /// else is one delivery, since a publisher takes only so many at a time.
    static Batch publish(AuditSource source, ConsumerRecords<byte[], byte[]> records, AuditPorts ports) {
        List<Item> items = new ArrayList<>();
        Map<Origin, List<Item>> deliveries = new LinkedHashMap<>();
        Origin first = origin(records.iterator().next());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            for (Item item : AuditReader.read(source.tenant(), record.value())) {
                Origin origin = item.finding() instanceof Finding.Refused ? origin(record) : first;
                deliveries.computeIfAbsent(origin, _ -> new ArrayList<>()).add(item);
                items.add(item);
            }
        }
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (Map.Entry<Origin, List<Item>> delivery : deliveries.entrySet()) {
            sent.add(ports.publisher().publish(source.tenant(), delivery.getKey(), delivery.getValue()));
            if (sent.getLast().isCompletedExceptionally()) {
                break;
            }
        }
        CompletableFuture<Void> acknowledged = CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new));
        return new Batch(items, begins(records), new HashMap<>(records.nextOffsets()), acknowledged);
    }

    /// The offset of the first of these records of each partition.
    static Map<TopicPartition, Long> begins(ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, Long> begins = new HashMap<>();
        records.partitions()
                .forEach(partition -> begins.put(
                        partition, records.records(partition).getFirst().offset()));
        return begins;
    }

    private static Origin origin(ConsumerRecord<?, ?> record) {
        return new Origin(AuditLogs.SOURCE, record.topic(), record.partition(), record.offset());
    }

    /// Waits for the outcome, at most this long.
    ///
    /// @return whether there is one
    boolean isSettledWithin(Duration limit) {
        return acknowledged
                .handle((_, _) -> true)
                .completeOnTimeout(false, limit.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /// Why Kafka may not have everything. Only for a settled batch.
    Optional<Throwable> failure() {
        return acknowledged.isCompletedExceptionally() ? Optional.of(acknowledged.exceptionNow()) : Optional.empty();
    }

    /// Leaves the partitions to whoever reads them now.
    void forget(Collection<TopicPartition> partitions) {
        begins.keySet().removeAll(partitions);
        goesOn.keySet().removeAll(partitions);
    }
}
