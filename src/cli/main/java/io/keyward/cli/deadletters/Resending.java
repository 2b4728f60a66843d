package io.keyward.cli.deadletters;

import io.keyward.client.EventSender;
import io.keyward.cluster.ClusterTopics;
import io.keyward.cluster.CommandFailedException;
import io.keyward.cluster.CommittedLog;
import io.keyward.topology.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;

/// Resends dead letters, each at most once, with the coordinates of the refused record in the header
/// [DeadLetters#RESENT_FROM].
///
/// To find what was resent before, it reads that header of all dead letters, and of all records in the input
/// topics since the oldest selected dead letter. It does not find what retention has deleted there. Two instances
/// at the same time can send a record twice, which changes nothing: the events are the same.
///
/// For one thread.
public final class Resending {
    /// The maximum difference of the clocks of brokers.
    private static final Duration MARGIN = Duration.ofHours(1);

    private final ClusterTopics cluster;
    private final DeadLetterLog deadLetters;
    private final Repair repair;
    private final Set<String> resent = new HashSet<>();
    private Optional<Instant> oldest = Optional.empty();

    public Resending(ClusterTopics cluster, DeadLetterLog deadLetters, Repair repair) {
        this.cluster = cluster;
        this.deadLetters = deadLetters;
        this.repair = repair;
    }

    /// The selected dead letters, by what becomes of them.
    ///
    /// @param sent topic → the number of records that are sent to it
    /// @param left reason → the number of dead letters that are not sent
    public record Plan(SortedMap<String, Long> sent, SortedMap<String, Long> left) {
        public long records() {
            return sent.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /// Finds the oldest selected dead letter, and the dead letters that were already resent.
    ///
    /// @param read receives the number of records read from the input topics
    /// @throws CommandFailedException if the user may not read an input topic
    public void prepare(LongConsumer read) {
        try (CommittedLog inputs =
                cluster.committed(cluster.config().topics().names().inputs())) {
            deadLetters.read(deadLetter -> {
                deadLetter.resentFrom().ifPresent(resent::add);
                repair.of(deadLetter).ifPresent(_ -> older(deadLetter.refused().timestamp()));
            });
            oldest.ifPresent(time -> {
                inputs.seekToTime(time.minus(MARGIN));
                inputs.readToEnd(record -> DeadLetter.resentFrom(record).ifPresent(resent::add), read);
            });
        }
    }

    private void older(Instant time) {
        oldest = oldest.filter(known -> known.isBefore(time)).or(() -> Optional.of(time));
    }

    /// Returns what [#send(Plan)] would do.
    public Plan plan() {
        return each(_ -> {});
    }

    /// Sends the records, and waits until every one is acknowledged.
    ///
    /// @throws CommandFailedException if one is not, or the user may not write to one of the topics
    public Plan send(Plan plan) {
        var _ = cluster.partitions(plan.sent().keySet(), AclOperation.WRITE);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (EventSender sender = EventSender.open(
                EventSender.producerSettings(cluster.config().kafka().values(), "keyward-resend"))) {
            Plan sent = each(record -> {
                requireNone(failure);
                var _ = sender.send(record).whenComplete((_, failed) -> failure.compareAndSet(null, failed));
            });
            sender.flush();
            requireNone(failure);
            return sent;
        }
    }

    private static void requireNone(AtomicReference<Throwable> failure) {
        Throwable failed = failure.get();
        if (failed != null) {
            throw new CommandFailedException(
                    "Kafka did not accept a record: " + failed.getMessage()
                            + ". Run the same command again to send the records that did not arrive.",
                    failed);
        }
    }

    private Plan each(Consumer<ProducerRecord<byte[], byte[]>> send) {
        Plan plan = new Plan(new TreeMap<>(), new TreeMap<>());
        Set<String> done = new HashSet<>(resent);
        deadLetters.read(deadLetter -> repair.of(deadLetter).ifPresent(attempt -> {
            switch (attempt) {
                case Repair.Attempt.Leave(String why) -> plan.left().merge(why, 1L, Long::sum);
                case Repair.Attempt.Send again
                when done.add(deadLetter.coordinates()) -> {
                    plan.sent().merge(again.topic(), 1L, Long::sum);
                    ProducerRecord<byte[], byte[]> record = again.record().get();
                    record.headers().remove(DeadLetters.RESENT_FROM);
                    record.headers()
                            .add(
                                    DeadLetters.RESENT_FROM,
                                    deadLetter.coordinates().getBytes(StandardCharsets.UTF_8));
                    send.accept(record);
                }
                case Repair.Attempt.Send _ -> plan.left().merge("already resent", 1L, Long::sum);
            }
        }));
        return plan;
    }
}
