package io.keyward.sandbox;

import io.keyward.kafka.KafkaAnswers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
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
public final class LostTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(LostTransactions.class);
    private static final Set<TransactionState> ENDED_BY_THE_COORDINATOR = EnumSet.of(
            TransactionState.ONGOING,
            TransactionState.PREPARE_COMMIT,
            TransactionState.PREPARE_ABORT,
            TransactionState.PREPARE_EPOCH_FENCE);

    private LostTransactions() {}

    /// Aborts them. Returns how many there were.
    ///
    /// @throws SandboxException if the broker does not answer, or a client has ended one of them meanwhile
    public static int abort(String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            List<AbortTransactionSpec> lost = lost(admin);
            for (AbortTransactionSpec transaction : lost) {
                KafkaAnswers.get(admin.abortTransaction(transaction).all());
                LOG.info("Aborted a transaction that the broker had lost: {}", transaction);
            }
            return lost.size();
        } catch (KafkaException failure) {
            throw new SandboxException("Transactions that the broker has lost cannot be ended: " + failure, failure);
        }
    }

    private static List<AbortTransactionSpec> lost(Admin admin) {
        // Asked before the coordinator, which then knows those that are not lost, or has ended them.
        Map<TopicPartition, PartitionProducerState> producers =
                KafkaAnswers.get(admin.describeProducers(partitions(admin)).all());
        ListTransactionsOptions ongoing = new ListTransactionsOptions().filterStates(ENDED_BY_THE_COORDINATOR);
        Set<Long> known = KafkaAnswers.get(admin.listTransactions(ongoing).all()).stream()
                .map(TransactionListing::producerId)
                .collect(Collectors.toSet());
        List<AbortTransactionSpec> lost = new ArrayList<>();
        producers.forEach((partition, state) -> state.activeProducers().stream()
                .filter(producer -> producer.currentTransactionStartOffset().isPresent())
                .filter(producer -> !known.contains(producer.producerId()))
                .forEach(producer -> lost.add(new AbortTransactionSpec(
                        partition,
                        producer.producerId(),
                        (short) producer.producerEpoch(),
                        producer.coordinatorEpoch().orElse(0)))));
        return lost;
    }

    private static List<TopicPartition> partitions(Admin admin) {
        Set<String> topics = KafkaAnswers.get(
                admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
        return KafkaAnswers.partitions(KafkaAnswers.partitionCounts(admin, topics));
    }
}
