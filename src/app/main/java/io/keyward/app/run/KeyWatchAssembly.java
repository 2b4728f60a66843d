package io.keyward.app.run;

import io.keyward.avro.GeneratedClasses;
import io.keyward.client.EventSender;
import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.cluster.QueuedSender;
import io.keyward.config.KeywardConfig;
import io.keyward.config.VaultAccess;
import io.keyward.domain.event.WatchState;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.kafka.ReaderSettings;
import io.keyward.ops.metrics.KeywardMetrics;
import io.keyward.ops.metrics.VaultMeters;
import io.keyward.registry.ValueReader;
import io.keyward.registry.ValueSerde;
import io.keyward.topology.store.ActiveKeys;
import io.keyward.topology.store.TenantKeyReference;
import io.keyward.vault.AzureKeyVault;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.watch.HintConsumer;
import io.keyward.vault.watch.HintResult;
import io.keyward.vault.watch.KafkaFactPublisher;
import io.keyward.vault.watch.KeySource;
import io.keyward.vault.watch.VaultWatch;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// An instance's watch over its keys in their vaults, with the clients that it needs.
record KeyWatchAssembly(VaultWatch watch, HintConsumer hints, Assembly parts) implements Assembled {
    private static final String CLIENT_ID = "keyward-vault-watch";
    private static final String REPORTS_CLIENT_ID = "keyward-vault-reports";
    private static final String HINTS_CLIENT_ID = "keyward-key-hints";

    /// Creates a watch that has not been started. A failure closes every client.
    ///
    /// @throws ConfigurationException if the access to vaults is not configured
    static KeyWatchAssembly create(KeywardConfig config, ValueSerde values, ActiveKeys keys, KeywardMetrics metrics) {
        return Assembly.assemble(made -> {
            AzureKeyVault vault =
                    made.add(new AzureKeyVault(new VaultAccess(config.values()).complete(), Clock.systemUTC()));
            Backlog backlog = made.add(Backlog.connect(config));
            KafkaFactPublisher publisher = publisher(config, values, made.add(sender(config, CLIENT_ID)));
            KafkaFactPublisher reports = publisher(config, values, made.add(sender(config, REPORTS_CLIENT_ID)));
            VaultMeters meters = metrics.ofVaults(
                    Arrays.stream(ProbeOutcome.values()).map(ProbeOutcome::name).toList(),
                    Arrays.stream(HintResult.values()).map(HintResult::label).toList());
            VaultWatch watch = made.add(new VaultWatch(
                    config,
                    new VaultWatch.Ports(
                            vault,
                            new InstanceKeys(keys, new CaughtUp(backlog::ends, backlog::positions)),
                            publisher::publish,
                            reports::publish,
                            (verdict, took) -> meters.probed(verdict.name(), took),
                            InstantSource.system())));
            meters.watch(watch::stalest, watch::oldestUnansweredHint);
            meters.held(watch::deniedHeld);
            for (WatchState state : WatchState.values()) {
                meters.keys(state.label(), () -> watch.keys(state));
            }
            keys.whenRead(watch::refresh);
            HintConsumer hints = made.add(hints(config, values, keys, watch, meters));
            return new KeyWatchAssembly(watch, hints, made);
        });
    }

    private static KafkaFactPublisher publisher(KeywardConfig config, ValueSerde values, QueuedSender sender) {
        return new KafkaFactPublisher(config.topics().names(), values.writer(), sender);
    }

    /// Without a limit to what waits, because the watch has each of its findings in flight once.
    private static QueuedSender sender(KeywardConfig config, String clientId) {
        Map<String, Object> settings =
                EventSender.producerSettings(config.kafka().values(), clientId);
        settings.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, TenantPartitioner.class.getName());
        return new QueuedSender("keyward-vault-publish", Integer.MAX_VALUE, () -> EventSender.open(settings));
    }

    /// Reads hints without a group, so that nothing on the cluster changes. They are in no transaction.
    private static HintConsumer hints(
            KeywardConfig config, ValueSerde values, ActiveKeys keys, VaultWatch watch, VaultMeters meters) {
        Map<String, Object> settings = ReaderSettings.of(config.kafka().values(), "read_uncommitted", "earliest");
        settings.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, HINTS_CLIENT_ID);
        ValueReader reader = values.reader(
                List.of(GeneratedClasses.schema(Topic.KEY_HINTS.valueSchema().orElseThrow())));
        HintConsumer.Source source = new HintConsumer.Source(
                config.topics().names().name(Topic.KEY_HINTS),
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                reader,
                keys::partitions);
        HintConsumer.Observer observer =
                new HintConsumer.Observer(result -> meters.hinted(result.label()), meters::hintsFailed);
        return new HintConsumer(source, watch::hinted, observer, InstantSource.system());
    }

    /// Starts to probe keys, at the usual times and when hints arrive.
    void start() {
        watch.start();
        hints.start();
    }

    Optional<Throwable> failure() {
        return watch.ended().isCompletedExceptionally()
                ? Optional.of(watch.ended().exceptionNow())
                : Optional.empty();
    }

    /// The keys in use on those of this instance's partitions that have caught up.
    private record InstanceKeys(ActiveKeys keys, CaughtUp caughtUp) implements KeySource {
        @Override
        public Map<Integer, Optional<Set<TenantKeyReference>>> inUse(Instant moment) {
            Map<Integer, Optional<Set<TenantKeyReference>>> inUse = new HashMap<>();
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
