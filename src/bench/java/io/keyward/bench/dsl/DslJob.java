package io.keyward.bench.dsl;

import io.keyward.bench.subject.Clients;
import io.keyward.bench.subject.SubjectJob;
import io.keyward.bench.subject.ValueSerdes;
import io.keyward.client.TopicNames;
import io.keyward.domain.event.Event;
import io.keyward.registry.ValueSerde;
import io.keyward.topology.contract.PartitionedByTenant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/// The product's job as a typical implementation with Kafka Streams' DSL: an aggregation by key, which knows
/// the key's environments and sends them its changes, and an aggregation by environment.
///
/// It lacks everything that needs the whole tenant (the limit, R10 to R13) and the positions of events. It also
/// decides an application twice: before the facts of its key arrive, and after.
public final class DslJob {
    private final SubjectJob job;
    private final ValueDecoder decoding;
    private final EnvironmentAggregator aggregator;

    private DslJob(SubjectJob job) {
        this.job = job;
        ValueSerde serde = ValueSerdes.of(job.registryUrl());
        decoding = new ValueDecoder(serde);
        aggregator = new EnvironmentAggregator(job.names(), serde);
    }

    public static void main(String... arguments) {
        new DslJob(SubjectJob.read(arguments)).start();
    }

    private void start() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, byte[]> events =
                builder.stream(job.inputs(), Consumed.with(Serdes.String(), Serdes.ByteArray()));
        KStream<String, EnvironmentInput> inputs =
                events.flatMap(this::toEnvironment, Named.as("to-environment")).merge(keys(events), Named.as("inputs"));
        write(environments(inputs));
        KafkaStreams streams = new KafkaStreams(builder.build(), settings());
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
        streams.start();
    }

    /// The inputs that environments get from their keys.
    private KStream<String, EnvironmentInput> keys(KStream<String, byte[]> events) {
        return events.flatMap(this::toKey, Named.as("to-key"))
                .groupByKey(Grouped.with("by-key", Serdes.String(), Serdes.ByteArray()))
                .aggregate(
                        () -> KeyRow.NONE,
                        (_, event, row) -> row.with(decoding.event(event), event),
                        Named.as("aggregate-keys"),
                        store("keys", KeyRow.serde()))
                .toStream(Named.as("changed-keys"))
                .flatMap(
                        (key, row) -> row.recipients().stream()
                                .map(environment -> KeyValue.pair(
                                        tenantOf(key) + "/" + environment,
                                        new EnvironmentInput(row.event(), Optional.of(row.facts()))))
                                .toList(),
                        Named.as("send-to-environments"));
    }

    private KStream<String, EnvironmentRow> environments(KStream<String, EnvironmentInput> inputs) {
        return inputs.groupByKey(Grouped.with("by-environment", Serdes.String(), EnvironmentInput.serde()))
                .aggregate(
                        () -> EnvironmentRow.NONE,
                        (key, news, row) -> aggregator.aggregate(key, news, row),
                        Named.as("aggregate-environments"),
                        store("environments", EnvironmentRow.serde()))
                .toStream(Named.as("decided"));
    }

    private void write(KStream<String, EnvironmentRow> decided) {
        KStream<String, EnvironmentRow.Output> outputs = decided.flatMap(
                (_, row) -> row.outputs().stream()
                        .map(output -> KeyValue.pair(output.key(), output))
                        .toList(),
                Named.as("outputs"));
        TopicNames names = job.names();
        for (String topic : List.of(names.decisions(), names.warnings(), names.suppressions())) {
            outputs.filter((_, output) -> output.topic().equals(topic), Named.as("only-" + topic))
                    .mapValues(EnvironmentRow.Output::value, Named.as("value-of-" + topic))
                    .to(
                            topic,
                            Produced.with(Serdes.String(), Serdes.ByteArray(), new PartitionedByTenant<byte[]>())
                                    .withName("write-" + topic));
        }
    }

    private Iterable<KeyValue<String, EnvironmentInput>> toEnvironment(String tenant, byte[] event) {
        return decoding.event(event) instanceof Event.OfEnvironment own
                ? List.of(KeyValue.pair(
                        tenant + "/" + own.environmentId(), new EnvironmentInput(event, Optional.empty())))
                : List.of();
    }

    private Iterable<KeyValue<String, byte[]>> toKey(String tenant, byte[] event) {
        return switch (decoding.event(event)) {
            case Event.PolicyApplied e ->
                List.of(KeyValue.pair(tenant + "/" + e.key().key(), event));
            case Event.OfKey e -> List.of(KeyValue.pair(tenant + "/" + e.key(), event));
            case Event.PolicyRemoved _,
                    Event.EnvironmentChanged _,
                    Event.EnforcementReported _,
                    Event.TenantLimitChanged _,
                    Event.TenantErased _,
                    Event.TimeReached _ -> List.of();
        };
    }

    private static String tenantOf(String key) {
        return key.substring(0, key.indexOf('/'));
    }

    /// Disables the cache, because a cache would drop rows and their outputs.
    private <V> Materialized<String, V, KeyValueStore<Bytes, byte[]>> store(String name, Serde<V> values) {
        return Materialized.<String, V>as(
                        job.onDisk() ? Stores.persistentKeyValueStore(name) : Stores.inMemoryKeyValueStore(name))
                .withKeySerde(Serdes.String())
                .withValueSerde(values)
                .withCachingDisabled();
    }

    private Properties settings() {
        Properties settings = new Properties();
        settings.putAll(Clients.batching());
        settings.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                job.group(),
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                job.bootstrapServers(),
                StreamsConfig.STATE_DIR_CONFIG,
                job.folder().toString(),
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                SubjectJob.COMMIT_MILLIS,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"));
        return settings;
    }
}
