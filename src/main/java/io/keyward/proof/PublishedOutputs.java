package io.keyward.proof;

import io.keyward.avro.PublicationReader;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.RaisedWarning;
import io.keyward.domain.decision.Suppressed;
import io.keyward.domain.decision.SuppressionSignal;
import io.keyward.domain.decision.Sweep;
import io.keyward.domain.decision.WarningKey;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.topology.StandingOutputs;
import io.keyward.topology.contract.TenantPartitioner;
import io.keyward.topology.contract.Topic;
import io.keyward.topology.contract.TopicNames;
import io.keyward.topology.contract.TopicSchemas;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// What stands published on a cluster, read from the output topics. For many threads.
///
/// @param kafka the settings of the client
/// @param outputPartitions how many partitions each output topic has
/// @param inputPartitions the count that all inputs share
/// @param since decisions on records of that time or later are new
public record PublishedOutputs(
        Map<String, Object> kafka,
        SchemaRegistry registry,
        TopicNames names,
        Map<Topic, Integer> outputPartitions,
        int inputPartitions,
        Instant since)
        implements StandingOutputs.Source {
    /// @throws io.keyward.registry.PayloadException if a record is not Avro in Confluent's wire format
    /// @throws IllegalArgumentException if a newer release wrote a record
    @Override
    public StandingOutputs ofPartition(int partition) {
        Standing standing = new Standing();
        try (CommittedLog log = CommittedLog.open(kafka, partitionsFor(partition))) {
            AvroDeserializer deserializer = AvroDeserializer.specific(
                    registry, TopicSchemas.of(Topic.Direction.OUT), PublishedOutputs.class.getClassLoader());
            log.readToEnd(
                    output -> {
                        String key = new String(output.key(), StandardCharsets.UTF_8);
                        String tenant = key.substring(0, key.indexOf('/'));
                        if (TenantPartitioner.home(tenant, inputPartitions) == partition) {
                            standing.put(
                                    output,
                                    key,
                                    read(deserializer, output),
                                    output.timestamp() >= since.toEpochMilli());
                        }
                    },
                    _ -> {});
        }
        return standing.outputs();
    }

    private static Optional<Publication> read(AvroDeserializer values, ConsumerRecord<byte[], byte[]> output) {
        return Optional.ofNullable(output.value())
                .map(value -> PublicationReader.read(values.deserialize(output.topic(), output.headers(), value)));
    }

    /// Where the outputs of the tenants of that input partition are: outputs may have another count.
    private List<TopicPartition> partitionsFor(int partition) {
        return outputPartitions.entrySet().stream()
                .flatMap(topic -> IntStream.range(0, topic.getValue())
                        .filter(number -> topic.getValue() != inputPartitions || number == partition)
                        .mapToObj(number -> new TopicPartition(names.name(topic.getKey()), number)))
                .toList();
    }

    /// The newest record under each key.
    private static final class Standing {
        private final Map<String, Map<String, Publication>> newest = new HashMap<>();

        private final Map<String, Cause> causes = new HashMap<>();

        void put(ConsumerRecord<byte[], byte[]> output, String key, Optional<Publication> publication, boolean isNew) {
            causes.remove(key);
            publication
                    .filter(Publication.OfDecision.class::isInstance)
                    .map(decision -> ((Publication.OfDecision) decision).cause())
                    .filter(cause -> isNew && isFromOthers(cause))
                    .ifPresent(cause -> causes.put(key, cause));
            Map<String, Publication> topic = newest.computeIfAbsent(output.topic(), _ -> new HashMap<>());
            publication.ifPresentOrElse(value -> topic.put(key, value), () -> topic.remove(key));
        }

        /// Whether somebody else must send the event again: it is none of Keyward's own, and no change of rules.
        private static boolean isFromOthers(Cause cause) {
            return cause.offset() >= 0 && !cause.eventType().equals(Event.TimeReached.class.getSimpleName());
        }

        StandingOutputs outputs() {
            Map<Sweep.Address, Environment> environments = new HashMap<>();
            Map<TenantId, Optional<Instant>> limits = new HashMap<>();
            newest.values().stream().flatMap(topic -> topic.values().stream()).forEach(publication -> {
                switch (publication) {
                    case Publication.OfDecision decision ->
                        at(environments, decision.tenantId(), decision.environmentId())
                                .decided(decision);
                    case Publication.OfWarning warning
                    when warning.environmentId().isPresent() ->
                        at(
                                        environments,
                                        warning.tenantId(),
                                        warning.environmentId().get())
                                .warnings
                                .put(warning.warning(), raised(warning));
                    case Publication.OfWarning warning ->
                        limits.put(warning.tenantId(), raised(warning).map(RaisedWarning::at));
                    case Publication.OfSuppression signal ->
                        at(environments, signal.tenantId(), signal.environmentId())
                                .signalled(signal.sink(), Optional.of(signal.suppressed()), signal.revision());
                    case Publication.OfAllowance signal ->
                        at(environments, signal.tenantId(), signal.environmentId())
                                .signalled(signal.sink(), Optional.empty(), signal.revision());
                    case Publication.Retraction _ -> throw new IllegalStateException("a tombstone has no value");
                }
            });
            Map<Sweep.Address, Published> published = new HashMap<>();
            environments.forEach((address, environment) -> published.put(address, environment.published()));
            Map<StandingOutputs.EventOf, Cause> events = new HashMap<>();
            causes.forEach((key, cause) -> events.put(
                    new StandingOutputs.EventOf(new TenantId(key.substring(0, key.indexOf('/'))), cause.eventId()),
                    cause));
            return new StandingOutputs(published, limits, events);
        }

        private static Environment at(
                Map<Sweep.Address, Environment> environments, TenantId tenant, EnvironmentId environment) {
            return environments.computeIfAbsent(new Sweep.Address(tenant, environment), _ -> new Environment());
        }

        private static Optional<RaisedWarning> raised(Publication.OfWarning warning) {
            return warning.clearedAt().isPresent()
                    ? Optional.empty()
                    : Optional.of(new RaisedWarning(warning.raisedAt(), Set.of()));
        }
    }

    /// What stands published of one environment, while it is gathered. The topics may end at different revisions.
    private static final class Environment {
        private final TreeMap<WarningKey, Optional<RaisedWarning>> warnings = new TreeMap<>();
        private final TreeMap<String, Optional<SuppressionSignal>> signals = new TreeMap<>();
        private Optional<Decision> decision = Optional.empty();
        private long revision;

        void decided(Publication.OfDecision last) {
            decision = Optional.of(last.decision());
            revision = Math.max(revision, last.revision());
        }

        void signalled(String sink, Optional<Suppressed> suppressed, long atRevision) {
            signals.put(sink, suppressed.map(last -> new SuppressionSignal(last, last.since())));
            revision = Math.max(revision, atRevision);
        }

        Published published() {
            return new Published(revision, decision, warnings, signals);
        }
    }
}
