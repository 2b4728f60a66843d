package io.keyward.proof;

import static io.keyward.topology.Events.applied;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Topic;
import io.keyward.config.KeywardConfig;
import io.keyward.testing.Cluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `recover` reads of the outputs, on a real broker.
class PublishedOutputsIT {
    @Test
    void whatSomebodyElseWroteIsPassedOver(@TempDir Path folder) {
        try (Cluster cluster = Cluster.start(folder)) {
            KeywardConfig config = cluster.config("standing.", Map.of());
            cluster.withTopics(config);
            List<byte[]> keys = Stream.of("", "/", "contoso", "\u0000/hr", "contoso/hr", "contoso/hr/x")
                    .map(key -> key.getBytes(StandardCharsets.UTF_8))
                    .toList();
            byte[] event = cluster.bytesOf(Topic.POLICY_APPLIED, applied(1, "contoso", "hr", "k1"));
            List<byte[]> values =
                    Arrays.asList(null, new byte[0], new byte[] {1, 2}, new byte[] {0, 0x7f, 0, 0, 1, 2}, event);
            for (Topic topic : Topic.withSchema(Topic.Direction.OUT)) {
                for (byte[] value : values) {
                    cluster.sendAll(keys.stream()
                            .map(key ->
                                    new ProducerRecord<>(config.topics().names().name(topic), key, value))
                            .toList());
                }
            }
            cluster.send(new ProducerRecord<>(config.topics().names().name(Topic.ERASURES), null, event));
            Map<Topic, Integer> partitions = new HashMap<>();
            Topic.withSchema(Topic.Direction.OUT).forEach(topic -> partitions.put(topic, Cluster.PARTITIONS));
            PublishedOutputs outputs = new PublishedOutputs(
                    new HashMap<>(config.kafka().values()),
                    cluster.registry(),
                    config.topics().names(),
                    partitions,
                    Cluster.PARTITIONS,
                    Instant.EPOCH);
            for (int partition = 0; partition < Cluster.PARTITIONS; partition++) {
                assertThat(outputs.ofPartition(partition).environments()).isEmpty();
            }
        }
    }
}
