package io.keyward.cluster;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/// A difference between a topic on the cluster and its contract.
public record TopicFinding(String sentence, String remedy) implements SetupFinding {
    private static final String LARGEST = TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
    private static final List<String> RELIED_ON = List.of("cleanup.policy", "message.timestamp.type");

    public static TopicFinding absent(String topic) {
        return new TopicFinding("Topic %s does not exist.".formatted(topic), "bin/keyward topics create");
    }

    /// The command that changes a topic's setting, written `name=value`.
    public static String alterTopic(String bootstrapServers, String topic, String setting) {
        return "kafka-configs.sh --bootstrap-server %s --alter --entity-type topics --entity-name %s --add-config %s"
                .formatted(bootstrapServers, topic, setting);
    }

    /// Required settings that have another value, and a maximum batch size that is too small for what Keyward
    /// writes.
    ///
    /// @param needed the settings that matter
    /// @param found the effective settings
    public static Stream<TopicFinding> ofSettings(
            String bootstrapServers, String topic, Map<String, String> needed, Map<String, String> found) {
        Stream<TopicFinding> different = RELIED_ON.stream()
                .filter(setting ->
                        needed.containsKey(setting) && !needed.get(setting).equals(found.get(setting)))
                .map(setting -> new TopicFinding(
                        "Topic %s has %s=%s; it must be %s: %s."
                                .formatted(
                                        topic,
                                        setting,
                                        found.getOrDefault(setting, "unknown"),
                                        needed.get(setting),
                                        consequence(setting, needed.get(setting))),
                        alterTopic(bootstrapServers, topic, setting + "=" + needed.get(setting))));
        Stream<TopicFinding> tooSmall = Stream.ofNullable(needed.get(LARGEST))
                .filter(least -> Integer.parseInt(found.get(LARGEST)) < Integer.parseInt(least))
                .map(least -> new TopicFinding(
                        "Topic %s has max.message.bytes=%s; it must be at least %s: the first larger record would stop every instance."
                                .formatted(topic, found.get(LARGEST), least),
                        alterTopic(bootstrapServers, topic, LARGEST + "=" + least)));
        return Stream.concat(different, tooSmall);
    }

    private static String consequence(String setting, String expected) {
        if (setting.equals(TopicConfig.CLEANUP_POLICY_CONFIG)) {
            return switch (expected) {
                case "compact" -> "otherwise state that is still valid is deleted because it is old";
                case "delete" -> "otherwise only the newest record of each key is kept, and events are lost";
                default -> "otherwise outdated records are kept";
            };
        }
        return expected.equals("LogAppendTime")
                ? "otherwise a producer's own clock decides what lies in the future"
                : "otherwise records lose the time of the event that caused them";
    }
}
