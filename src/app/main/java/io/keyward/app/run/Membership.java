package io.keyward.app.run;

import io.keyward.app.start.InstanceName;
import io.keyward.config.KeywardConfig;
import io.keyward.config.StateSettings;
import io.keyward.config.StreamsProperties;
import io.keyward.topology.contract.Topics;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaClientSupplier;

/// How an instance is known to Kafka, so that a killed one is replaced at once when it is started again.
///
/// - In its consumer group it has a name. Kafka calls such a member static: another one that joins under the
///   name takes its place before its session has expired.
/// - Its transactions have its name too, see [InstanceClients].
///
/// @param name the name that its state folder gives it, held until this is closed
/// @param settings for Kafka Streams, beside those that are configured
/// @param atTheEnd what becomes of the membership in the group when the instance stops
public record Membership(
        Optional<InstanceName> name,
        Map<String, Object> settings,
        KafkaClientSupplier clients,
        GroupMembershipOperation atTheEnd)
        implements AutoCloseable {
    private static final String SETTING = ConsumerConfig.GROUP_INSTANCE_ID_CONFIG;

    /// An instance whose name in the group is configured stays in the group when it stops: its partitions must
    /// not move until it is back. Any other one leaves, so that the others need not wait for its session to
    /// expire, and is named by its state folder. With the streams protocol it has no name in the group: there
    /// Kafka refuses the name of a killed instance until its session has expired.
    public static Membership of(KeywardConfig config) {
        Optional<InstanceName> name = config.find(StateSettings.DIR).flatMap(InstanceName::of);
        boolean configured = StreamsProperties.ofMainConsumer(config, SETTING).isPresent();
        return new Membership(
                name,
                name.filter(_ -> !configured && StreamsProperties.isClassic(config))
                        .<Map<String, Object>>map(given -> Map.of(SETTING, given.text()))
                        .orElse(Map.of()),
                new InstanceClients(
                        config.applicationId(),
                        name.map(InstanceName::text),
                        new TopicPartition(config.topics().names().name(Topics.UNREAD), 0)),
                configured ? GroupMembershipOperation.REMAIN_IN_GROUP : GroupMembershipOperation.LEAVE_GROUP);
    }

    @Override
    public void close() {
        name.ifPresent(InstanceName::close);
    }
}
