package io.keyward.bench;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/// The settings that Kafka's clients know. They ignore all others, and a slip would be measured as if it were the
/// standard.
final class ClientSettingNames {
    private static final List<String> PASSED_ON = List.of("keyward.kafka.", "keyward.streams.");

    /// Before the name, for one kind of client only.
    private static final List<String> CLIENTS =
            List.of("main.consumer.", "restore.consumer.", "global.consumer.", "consumer.", "producer.", "admin.");

    private ClientSettingNames() {}

    /// Whether a setting of the product is passed on to a client that will ignore it.
    static boolean isIgnored(String key) {
        return PASSED_ON.stream().filter(key::startsWith).findFirst().stream()
                .map(prefix -> key.substring(prefix.length()))
                .anyMatch(name -> !isKnown(name));
    }

    private static boolean isKnown(String name) {
        String bare = CLIENTS.stream()
                .filter(name::startsWith)
                .findFirst()
                .map(client -> name.substring(client.length()))
                .orElse(name);
        return Stream.of(
                        ProducerConfig.configNames(),
                        ConsumerConfig.configNames(),
                        AdminClientConfig.configNames(),
                        StreamsConfig.configDef().names())
                .flatMap(Set::stream)
                .anyMatch(bare::equals);
    }
}
