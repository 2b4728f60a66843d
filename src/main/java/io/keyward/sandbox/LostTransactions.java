package io.keyward.sandbox;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends transactions that stay open for ever, because the broker's coordinator does not know them any more and only
/// their partitions do. A broker that was killed can leave such ones. Nobody could read committed records behind them.
///
/// Kafka's own tool for this is `kafka-transactions.sh`.
final class LostTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(LostTransactions.class);
    private static final Set<TransactionState> ENDED_BY_THE_COORDINATOR = EnumSet.of(
            TransactionState.ONGOING,
            TransactionState.PREPARE_COMMIT,
            TransactionState.PREPARE_ABORT,
            TransactionState.PREPARE_EPOCH_FENCE);

    private LostTransactions() {}

    /// Aborts them, before any client writes. Returns how many there were.
    static int abort(String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            List<AbortTransactionSpec> lost = lost(admin);
            for (AbortTransactionSpec transaction : lost) {
                admin.abortTransaction(transaction).all().get();
                LOG.info("Aborted a transaction that the broker had lost: {}", transaction);
            }
            return lost.size();
        } catch (ExecutionException failure) {
            throw new SandboxException(
                    "Transactions that the broker has lost cannot be ended: " + failure.getCause(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException(interrupted);
        }
    }

    private static List<AbortTransactionSpec> lost(Admin admin) throws ExecutionException, InterruptedException {
        Set<Long> known = new HashSet<>();
        for (TransactionListing transaction : admin.listTransactions().all().get()) {
            if (ENDED_BY_THE_COORDINATOR.contains(transaction.state())) {
                known.add(transaction.producerId());
            }
        }
        List<AbortTransactionSpec> lost = new ArrayList<>();
        for (var described :
                admin.describeProducers(partitions(admin)).all().get().entrySet()) {
            for (ProducerState producer : described.getValue().activeProducers()) {
                if (producer.currentTransactionStartOffset().isPresent() && !known.contains(producer.producerId())) {
                    lost.add(new AbortTransactionSpec(
                            described.getKey(),
                            producer.producerId(),
                            (short) producer.producerEpoch(),
                            producer.coordinatorEpoch().orElse(0)));
                }
            }
        }
        return lost;
    }

    private static List<TopicPartition> partitions(Admin admin) throws ExecutionException, InterruptedException {
        Set<String> topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
        List<TopicPartition> partitions = new ArrayList<>();
        admin.describeTopics(topics)
                .allTopicNames()
                .get()
                .forEach((name, topic) -> topic.partitions()
                        .forEach(partition -> partitions.add(new TopicPartition(name, partition.partition()))));
        return partitions;
    }
}
