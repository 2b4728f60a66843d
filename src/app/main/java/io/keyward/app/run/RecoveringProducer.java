package io.keyward.app.run;

import io.keyward.topology.Outages;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The producer of a stream thread. A transaction of which a part has failed because of an outage is never
/// committed, and nothing is done with the producer afterwards: it says that it is fenced. Kafka Streams then
/// gives its tasks back, makes another producer, and begins again at what is committed, whatever has become of
/// the transaction.
///
/// Without this, Kafka Streams 4.4.0 loses rows of the stores, and parts of transactions become visible:
///
/// 1. A commit is not answered within `max.block.ms`. `TaskExecutor.commitOffsetsOrTransaction` calls its tasks
///    corrupted.
/// 2. `TaskManager.handleCorruption` commits the other tasks of the thread. There are none, but the transaction
///    is still open, so it is committed once more. That commits what the tasks have written, without their
///    offsets if the answer was missing for those.
/// 3. It fails, too. `closeDirtyAndRevive` wipes the stores. `RecordCollectorImpl.closeDirty` aborts the
///    transaction, which a `KafkaProducer` refuses after a commit that was not answered, with an
///    `IllegalStateException`. So the collector does not forget up to where the task has written to its
///    changelogs. `StreamTask.close` ignores that.
/// 4. The same task is restored with the same collector. At each commit interval and when it is interrupted,
///    `DefaultStateUpdater` has `StreamTask.maybeCheckpoint` note that the stores are up to where the task had
///    written. The next restoration begins there: all rows that were not restored by then are missing.
///
/// An acknowledgement that comes after the abort has the same effect, and is not passed on. `StaleOffsetIT` shows
/// both, and fails once Kafka Streams does not need this any more. What `KafkaProducer` answers is in
/// `TransactionManager`.
///
/// No transaction commits before the group coordinator has checked that the thread is a member of the group. Kafka
/// Streams is fenced by the offsets of a transaction alone, and a `KafkaProducer` sends nothing if there are none
/// (KAFKA-13319): as long as the tasks of a thread have consumed nothing, it would commit what their punctuators
/// have written, also after others own their partitions. Such a transaction commits an offset of a partition that
/// the group does not consume. `UnfencedCommitIT` fails once Kafka does not need this any more.
final class RecoveringProducer extends KafkaProducer<byte[], byte[]> {
    private static final OffsetAndMetadata NOTHING_READ =
            new OffsetAndMetadata(0, "not read: has the coordinator check the members of the group");

    private final TopicPartition unread;
    private volatile boolean failed;
    private boolean membershipChecked;

    /// @param unread a partition that exists and that the group does not read
    RecoveringProducer(Map<String, Object> settings, TopicPartition unread) {
        super(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.unread = unread;
    }

    @Override
    public void beginTransaction() {
        requireUsable();
        membershipChecked = false;
        super.beginTransaction();
    }

    /// Passes on the first outage, as a fence, and nothing after it: neither failures nor acknowledgements.
    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> sent, Callback callback) {
        if (failed) {
            throw new KafkaException("Nothing more is sent in this transaction", fenced());
        }
        return super.send(sent, (metadata, failure) -> {
            if (failed) {
                return;
            }
            boolean outage = failure != null && Outages.isOutage(failure);
            failed = outage;
            callback.onCompletion(metadata, outage ? fenced() : failure);
        });
    }

    /// @throws ProducerFencedException also if the consumer is not a member: the coordinator accepts offsets of a
    ///     transaction without a member's name
    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        if (groupMetadata.memberId().isEmpty()) {
            failed = true;
        }
        attempt(() -> super.sendOffsetsToTransaction(
                offsets.isEmpty() ? Map.of(unread, NOTHING_READ) : offsets, groupMetadata));
        membershipChecked = true;
    }

    @Override
    public void commitTransaction() {
        if (!membershipChecked) {
            throw new IllegalStateException("A transaction without offsets must not be committed: it is not fenced");
        }
        attempt(super::commitTransaction);
    }

    /// Kafka Streams closes tasks in order only if the abort succeeds, is not answered, or is refused because of
    /// a fence.
    @Override
    public void abortTransaction() {
        try {
            super.abortTransaction();
        } catch (InterruptException interrupted) {
            throw interrupted;
        } catch (KafkaException | IllegalStateException refused) {
            failed = true;
            throw new TimeoutException("The transaction is not aborted: " + refused.getMessage(), refused);
        }
    }

    /// The record that needs the partitions may be in the middle of what belongs together.
    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        try {
            return super.partitionsFor(topic);
        } catch (TimeoutException outage) {
            failed = true;
            throw outage;
        }
    }

    private void attempt(Runnable step) {
        requireUsable();
        try {
            step.run();
        } catch (KafkaException | IllegalStateException failure) {
            if (!Outages.isOutage(failure) && failure instanceof KafkaException) {
                throw failure;
            }
            failed = true;
            throw (ProducerFencedException) fenced().initCause(failure);
        }
    }

    private void requireUsable() {
        if (failed) {
            throw fenced();
        }
    }

    private static ProducerFencedException fenced() {
        return new ProducerFencedException(
                "A transaction was not answered. Its tasks begin again at what is committed, with another producer");
    }
}
