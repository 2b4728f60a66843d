package io.keyward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.topology.StopOnDefect;
import io.keyward.topology.store.BoundedRocksMemory;
import io.keyward.topology.store.RocksMemory;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamsPropertiesTest {
    private final RocksMemory memory = new RocksMemory(16 << 20);

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void whatThePromisesRestOnIsOwned() {
        assertThat(StreamsProperties.forInstance(config(Map.of()), memory))
                .containsEntry("application.id", "keyward")
                .containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("ensure.explicit.internal.resource.naming", true)
                .containsEntry("deserialization.exception.handler", StopOnDefect.class)
                .containsEntry("processing.exception.handler", StopOnDefect.class)
                .containsEntry("production.exception.handler", StopOnDefect.class)
                .containsEntry("rocksdb.config.setter", BoundedRocksMemory.class)
                .containsEntry(RocksMemory.SETTING, memory)
                .containsEntry("state.dir", "/var/lib/keyward");
    }

    @Test
    void standardsAreOurs() {
        StreamsConfig config = StreamsProperties.checked(config(Map.of()), memory, Map.of());
        assertThat(config.originals())
                .containsEntry("commit.interval.ms", 100)
                .containsEntry("poll.ms", 10)
                .containsEntry("statestore.cache.max.bytes", 0)
                .containsEntry("enable.transactional.statestores", true);
        assertThat(config.getProducerConfigs("t"))
                .containsEntry("transaction.timeout.ms", 10_000)
                .containsEntry("compression.type", "lz4")
                .containsEntry("batch.size", 512 * 1024)
                .containsEntry("buffer.memory", 64 * 1024 * 1024)
                .containsEntry("linger.ms", 1_000);
        assertThat(config.getMainConsumerConfigs("keyward", "t", 0))
                .containsEntry("session.timeout.ms", 6_000)
                .containsEntry("heartbeat.interval.ms", 2_000);
        assertThat((String) config.originals().get("client.id")).startsWith("keyward-");
    }

    @Test
    void changelogsAreReplicatedAsTheTopicsAre() {
        assertThat(StreamsProperties.forInstance(config(Map.of("keyward.topics.replication", "3")), memory))
                .containsEntry("replication.factor", 3)
                .containsEntry("topic.min.insync.replicas", "2");
        assertThat(StreamsProperties.forInstance(config(Map.of("keyward.topics.replication", "2")), memory))
                .containsEntry("replication.factor", 2)
                .doesNotContainKey("topic.min.insync.replicas");
        assertThat(StreamsProperties.forInstance(config(Map.of()), memory))
                .containsEntry("replication.factor", -1)
                .doesNotContainKey("topic.min.insync.replicas");
    }

    @Test
    void storesThatEndWithTheProcessAreNotTransactional() {
        StreamsConfig config =
                StreamsProperties.checked(config(Map.of("keyward.state.store", "memory")), memory, Map.of());
        assertThat(config.originals()).containsEntry("enable.transactional.statestores", false);
    }

    @Test
    void whatIsConfiguredWinsOverOurStandardsWithOrWithoutAPrefix() {
        StreamsConfig config = StreamsProperties.checked(
                config(Map.of(
                        "keyward.streams.commit.interval.ms", "10",
                        "keyward.streams.enable.transactional.statestores", "false",
                        "keyward.streams.producer.transaction.timeout.ms", "20000",
                        "keyward.kafka.compression.type", "zstd",
                        "keyward.streams.num.standby.replicas", "1",
                        "keyward.streams.main.consumer.session.timeout.ms", "45000")),
                memory,
                Map.of());
        assertThat(config.getLong("commit.interval.ms")).isEqualTo(10);
        assertThat(config.getInt("num.standby.replicas")).isEqualTo(1);
        assertThat(config.originals()).containsEntry("enable.transactional.statestores", "false");
        assertThat(config.getProducerConfigs("t"))
                .containsEntry("transaction.timeout.ms", "20000")
                .containsEntry("compression.type", "zstd");
        assertThat(config.getMainConsumerConfigs("keyward", "t", 0)).containsEntry("session.timeout.ms", "45000");
    }

    @Test
    void inTheStreamsProtocolTheSessionIsTheBrokersMatter() {
        assertThat(StreamsProperties.forInstance(config(Map.of("keyward.streams.group.protocol", "streams")), memory))
                .doesNotContainKeys("session.timeout.ms", "heartbeat.interval.ms");
    }

    @Test
    void settingsThatContradictEachOtherAreAMatterOfConfiguration() {
        KeywardConfig config = config(Map.of("keyward.streams.commit.interval.ms", "60000"));
        assertThatThrownBy(() -> StreamsProperties.checked(config, memory, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("keyward.streams.*")
                .hasMessageContaining("commit interval");
    }

    private static KeywardConfig config(Map<String, String> more) {
        Properties settings = new Properties();
        settings.put("keyward.kafka.bootstrap.servers", "localhost:9092");
        settings.put("keyward.state.dir", "/var/lib/keyward");
        settings.putAll(more);
        return KeywardConfig.load(Optional.empty(), Map.of(), settings);
    }
}
