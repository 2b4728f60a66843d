package io.keyward.app.run;

import io.keyward.app.config.KeywardConfig;
import io.keyward.app.records.EventProducer;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.metrics.KeywardMetrics;
import io.keyward.ops.metrics.VaultMeters;
import io.keyward.registry.ValueSerde;
import io.keyward.topology.store.ActiveKeys;
import io.keyward.topology.store.KeyInUse;
import io.keyward.vault.AzureKeyVault;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.watch.KafkaFactPublisher;
import io.keyward.vault.watch.VaultWatch;
import io.keyward.vault.watch.WatchedKeys;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// An instance's watch over its keys in their vaults, with the clients that it needs.
record KeyWatch(AzureKeyVault vault, Backlog backlog, KafkaFactPublisher publisher, VaultWatch watch)
        implements AutoCloseable {
    private static final String CLIENT_ID = "keyward-vault-watch";

    /// Creates a watch that has not been started. A failure closes every client.
    ///
    /// @throws ConfigurationException if the access to vaults is not configured
    static KeyWatch create(KeywardConfig config, ValueSerde values, ActiveKeys keys, KeywardMetrics metrics) {
        Assembly made = new Assembly();
        try {
            AzureKeyVault vault =
                    made.add(new AzureKeyVault(config.vault().access().azure(), Clock.systemUTC()));
            Backlog backlog = made.add(Backlog.connect(config));
            KafkaFactPublisher publisher = made.add(publisher(config, values));
            VaultMeters meters = metrics.ofVaults(
                    Arrays.stream(ProbeOutcome.values()).map(ProbeOutcome::name).toList());
            VaultWatch watch = new VaultWatch(
                    config.vault().watchSettings(),
                    new VaultWatch.Ports(
                            vault,
                            new InstanceKeys(keys, new CaughtUp(backlog::ends, backlog::positions)),
                            publisher,
                            (verdict, took) -> meters.probed(verdict.name(), took),
                            InstantSource.system()));
            meters.watch(watch::stalest);
            keys.whenRead(watch::refresh);
            return new KeyWatch(vault, backlog, publisher, watch);
        } catch (RuntimeException | Error failure) {
            made.closeAll(failure);
            throw failure;
        }
    }

    private static KafkaFactPublisher publisher(KeywardConfig config, ValueSerde values) {
        return new KafkaFactPublisher(
                config.topics().names(),
                values.writer(),
                new KafkaProducer<>(
                        EventProducer.producerSettings(config, CLIENT_ID),
                        new ByteArraySerializer(),
                        new ByteArraySerializer()));
    }

    Optional<Throwable> failure() {
        return watch.ended().isCompletedExceptionally()
                ? Optional.of(watch.ended().exceptionNow())
                : Optional.empty();
    }

    @Override
    public void close() {
        watch.close();
        publisher.close();
        backlog.close();
        vault.close();
    }

    /// The keys in use on those of this instance's partitions that have caught up.
    private record InstanceKeys(ActiveKeys keys, CaughtUp caughtUp) implements WatchedKeys {
        @Override
        public Map<Integer, Optional<Set<KeyInUse>>> inUse(Instant moment) {
            Map<Integer, Optional<Set<KeyInUse>>> inUse = new HashMap<>();
            caughtUp.among(keys.partitions(), moment).forEach(partition -> inUse.put(partition, keys.inUse(partition)));
            return inUse;
        }

        @Override
        public int partitionsInAll() {
            return keys.partitionCount();
        }

        @Override
        public Optional<KeyFacts> facts(TenantId tenant, KeyId key) {
            return keys.facts(tenant, key);
        }

        @Override
        public Map<TopicPartition, Long> processed() {
            return keys.processedOffsets();
        }
    }
}
