package io.keyward.topology;

import io.keyward.avro.EventReader;
import io.keyward.avro.PublicationWriter;
import io.keyward.domain.decision.PendingSweep;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.contract.TopicNames;
import io.keyward.topology.store.Nodes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/// Admits and decides events by the processors of the topology, over given stores and without a cluster. What they
/// would publish comes out, in the order of the topology. Nothing is written but the given stores.
///
/// Time events are decided like others, but none is written by a clock. An event reaches as many environments as the
/// flow allows at once; what is beyond that is left out, and the outcome says so. For one thread.
public final class DryRun {
    private static final int NO_PARTITION = -1;
    private static final long NO_OFFSET = -1;

    private final Flow flow;
    private final Codecs codecs;
    private final Stores stores;
    private final AdmitProcessor admission;
    private final DetachedContext<Object, Object> admissionContext;
    private final Map<TenantId, TenantDryRun> tenants = new HashMap<>();
    private Optional<Outcome> outcome = Optional.empty();

    /// @param flow its partition count and its clock have no effect here
    /// @param stores what the events are decided over. They are written: give copies
    public DryRun(Flow flow, Stores stores) {
        this(withoutClock(flow), Codecs.create(flow.names()), stores);
    }

    private DryRun(Flow flow, Codecs codecs, Stores stores) {
        this.flow = flow;
        this.codecs = codecs;
        this.stores = stores;
        this.admission = new AdmitProcessor(
                codecs.events(), flow, new RefusalWatch(flow.bounds().refusals()), FlowObserver.NONE);
        this.admissionContext =
                new DetachedContext<>(Map.<String, KeyValueStore<Bytes, byte[]>>of()::get, this::receive);
        admission.init(admissionContext);
    }

    private static Flow withoutClock(Flow flow) {
        Bounds bounds = flow.bounds().withRefusals(RefusalLimits.NEVER);
        return new Flow(flow.names(), 1, flow.profile(), bounds, () -> Instant.MIN);
    }

    /// The stores of a tenant, by their names in [Nodes]. Rows of other tenants do not matter.
    @FunctionalInterface
    public interface Stores {
        KeyValueStore<Bytes, byte[]> store(String name, TenantId tenant);
    }

    /// What becomes of an event.
    public sealed interface Outcome {
        /// It is refused.
        record Refused(OutputRecord.Refused deadLetter) implements Outcome {}

        /// It is decided.
        ///
        /// @param outputs in the order of publication. Their cause has no partition and no offset: both are -1
        /// @param environments how many environments it reached
        /// @param complete whether these are all that it reaches
        record Decided(Event event, List<Output> outputs, int environments, boolean complete) implements Outcome {
            public Decided {
                outputs = List.copyOf(outputs);
            }
        }
    }

    /// A publication, and the record of it.
    public record Output(Publication publication, OutputRecord record) {}

    /// What the stores of a tenant held besides facts.
    ///
    /// @param otherRules whether other rules or another profile decided these stores last
    /// @param sweeps interrupted sweeps; they were continued before any event
    /// @param finished whether they were continued to their end
    public record Unfinished(boolean otherRules, List<PendingSweep> sweeps, boolean finished) {
        public Unfinished {
            sweeps = List.copyOf(sweeps);
        }
    }

    /// A dry run of the same flow over other stores.
    public DryRun over(Stores others) {
        return new DryRun(flow, codecs, others);
    }

    /// Continues what is unfinished in the stores of a tenant. It must happen before the events, which the processor
    /// would read later. Does nothing when called again.
    public Unfinished prepare(TenantId tenant) {
        return tenant(tenant).unfinished();
    }

    /// Decides an event as if it were read now from its topic.
    ///
    /// @param received the time at which the broker received it
    public Outcome decide(EventLine event, Instant received) {
        String topic = flow.names().name(event.topic());
        byte[] value = event.value()
                .map(record -> codecs.serializer().serialize(topic, record))
                .orElse(null);
        byte[] key = event.key().map(DryRun::utf8).orElse(null);
        admissionContext.readAt(new Position(topic, NO_PARTITION, NO_OFFSET), received);
        admission.process(new Record<>(key, value, received.toEpochMilli()));
        return outcome.orElseThrow();
    }

    /// What admission forwards: an event to its tenant, or a dead letter.
    private void receive(Record<?, ?> record, String node) {
        outcome = Optional.of(
                node.equals(Nodes.ROUTE)
                        ? decide((Admitted) record.value(), record)
                        : new Outcome.Refused((OutputRecord.Refused) codecs.read(
                                flow.names().deadLetters(),
                                record.withKey((byte[]) record.key()).withValue((byte[]) record.value()))));
    }

    private Outcome decide(Admitted admitted, Record<?, ?> record) {
        TenantId tenant = admitted.event().tenantId();
        return tenant(tenant).decide(record.withKey(tenant.value()).withValue(admitted));
    }

    private TenantDryRun tenant(TenantId tenant) {
        return tenants.computeIfAbsent(
                tenant, _ -> new TenantDryRun(flow, codecs, tenant, name -> stores.store(name, tenant)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private record Position(String topic, int partition, long offset) implements RecordMetadata {}

    /// Readers and writers that share a registry within this process.
    record Codecs(AvroSerializer serializer, EventReader events, PublicationWriter writer, OutputReader outputs) {
        static Codecs create(TopicNames names) {
            InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
            ValueSerde values = ValueSerde.own(registry, SerializerSettings.DEFAULT);
            return new Codecs(
                    new AvroSerializer(registry, SerializerSettings.DEFAULT),
                    new EventReader(values),
                    new PublicationWriter(values),
                    new OutputReader(registry, names));
        }

        /// A record of an output topic, in the form for people and scripts.
        OutputRecord read(String topic, Record<byte[], byte[]> record) {
            return outputs.read(new ConsumerRecord<>(
                    topic,
                    0,
                    0,
                    record.timestamp(),
                    TimestampType.CREATE_TIME,
                    0,
                    0,
                    record.key(),
                    record.value(),
                    record.headers(),
                    Optional.empty()));
        }
    }
}
