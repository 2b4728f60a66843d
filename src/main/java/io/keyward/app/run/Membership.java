package io.keyward.app.run;

import io.keyward.app.config.KeywardConfig;
import io.keyward.app.config.StreamsProperties;
import io.keyward.app.start.InstanceName;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;

/// How an instance is a member of its consumer group. Kafka calls a member with a name a static member: one
/// that was killed is replaced as soon as another one joins under its name, not only when its session has
/// expired.
///
/// @param name the name that is not configured, held until this is closed
/// @param atTheEnd what becomes of the membership when the instance stops
record Membership(Optional<InstanceName> name, GroupMembershipOperation atTheEnd) implements AutoCloseable {
    private static final String SETTING = ConsumerConfig.GROUP_INSTANCE_ID_CONFIG;

    /// An instance whose name is configured stays in the group when it stops: its partitions must not move
    /// until it is back. Any other one leaves, so that the others need not wait for its session to expire, and
    /// is named by its state folder. With the streams protocol it has no name: there Kafka refuses the name of
    /// a killed instance until its session has expired.
    static Membership of(KeywardConfig config) {
        if (StreamsProperties.ofMainConsumer(config, SETTING).isPresent()) {
            return new Membership(Optional.empty(), GroupMembershipOperation.REMAIN_IN_GROUP);
        }
        return new Membership(
                StreamsProperties.isClassic(config) ? config.state().dir().flatMap(InstanceName::of) : Optional.empty(),
                GroupMembershipOperation.LEAVE_GROUP);
    }

    /// For Kafka Streams, beside the settings that are configured.
    Map<String, Object> settings() {
        return name.<Map<String, Object>>map(given -> Map.of(SETTING, given.text()))
                .orElse(Map.of());
    }

    @Override
    public void close() {
        name.ifPresent(InstanceName::close);
    }
}
