package io.keyward.cluster;

/// A difference between a topic on the cluster and its contract.
public record TopicFinding(String sentence, String remedy) implements SetupFinding {
    public static TopicFinding absent(String topic) {
        return new TopicFinding("Topic %s does not exist.".formatted(topic), "bin/keyward topics create");
    }

    /// The command that changes a topic's setting, written `name=value`.
    public static String alterTopic(String bootstrapServers, String topic, String setting) {
        return "kafka-configs.sh --bootstrap-server %s --alter --entity-type topics --entity-name %s --add-config %s"
                .formatted(bootstrapServers, topic, setting);
    }
}
