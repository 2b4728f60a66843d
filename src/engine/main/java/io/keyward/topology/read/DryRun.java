package io.keyward.topology.read;

import io.keyward.avro.EventReader;
import io.keyward.domain.Explanation;
import io.keyward.domain.decision.PendingFanOut;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.topology.Admission;
import io.keyward.topology.Admitted;
import io.keyward.topology.DeadLetters;
import io.keyward.topology.Flow;
import io.keyward.topology.OriginCoordinates;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.store.Nodes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/// Admits and decides events as the processors of the topology do, over given stores and without a cluster. What they
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
    /// By the store of environments.
    private final IdentityHashMap<Object, TenantDryRun> tenants = new IdentityHashMap<>();

    /// @param flow its partition count and its clock have no effect here
    /// @param stores what the events are decided over. They are written: give copies
    public DryRun(Flow flow, Stores stores) {
        this.flow = new Flow(flow.names(), 1, flow.profile(), flow.bounds(), () -> Instant.MIN);
        this.codecs = Codecs.create(flow);
        this.stores = stores;
    }

    /// The stores of a tenant, by their names in [Nodes]: the same ones each time. Rows of other tenants do not matter.
    /// Stores of several tenants must be empty at first.
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
        /// @param outputs in the order of publication. Their cause has the partition and the offset that were
        ///     given, or -1
        /// @param environments how many environments it reached
        /// @param complete whether these are all that it reaches
        record Decided(List<Output> outputs, int environments, boolean complete) implements Outcome {
            public Decided {
                outputs = List.copyOf(outputs);
            }
        }
    }

    /// A publication, and the record of it, which is made on demand.
    ///
    /// @param time of the record
    /// @param why explains it on demand
    public record Output(Publication publication, Instant time, Supplier<List<Explanation>> why) {
        public OutputRecord record() {
            return OutputRecord.of(publication, time);
        }
    }

    /// What the stores of a tenant held besides facts.
    ///
    /// @param otherRules whether other rules or another profile decided these stores last
    /// @param fanOuts interrupted sweeps; they were continued before any event
    /// @param finished whether they were continued to their end
    public record Unfinished(boolean otherRules, List<PendingFanOut> fanOuts, boolean finished) {
        public Unfinished {
            fanOuts = List.copyOf(fanOuts);
        }
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
        return decide(event, received, NO_PARTITION, NO_OFFSET);
    }

    /// Decides an event as if it were read now from that place of its topic.
    public Outcome decide(EventLine event, Instant received, int partition, long offset) {
        String topic = flow.names().name(event.topic());
        byte[] value = event.value()
                .map(content -> codecs.serializer().serialize(topic, content))
                .orElse(null);
        byte[] key = event.key().map(DryRun::utf8).orElse(null);
        Record<byte[], byte[]> record = new Record<>(key, value, received.toEpochMilli());
        return switch (codecs.admission().read(new OriginCoordinates(topic, partition, offset), record)) {
            case Admitted(Event accepted, OriginCoordinates origin, byte[] _) ->
                tenant(accepted.tenantId())
                        .decide(
                                accepted,
                                new Trigger(
                                        origin.causeOf(accepted), Instant.ofEpochMilli(record.timestamp()), List.of()));
            case Admission.Outcome.Refused(OriginCoordinates origin, RefusedException why, Optional<EventId> _) ->
                new Outcome.Refused(refused(DeadLetters.of(
                        record, origin, why, flow.bounds().records().deadLetter())));
        };
    }

    private OutputRecord.Refused refused(Record<byte[], byte[]> letter) {
        return OutputReader.refused(
                Optional.ofNullable(letter.key()).map(key -> new String(key, StandardCharsets.UTF_8)),
                letter.headers(),
                Instant.ofEpochMilli(letter.timestamp()),
                flow.names());
    }

    private TenantDryRun tenant(TenantId tenant) {
        return tenants.computeIfAbsent(
                stores.store(Nodes.ENVIRONMENTS, tenant),
                _ -> new TenantDryRun(flow, tenant, name -> stores.store(name, tenant)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Readers and writers that share a registry within this process.
    private record Codecs(AvroSerializer serializer, Admission admission) {
        static Codecs create(Flow flow) {
            InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
            EventReader reader = new EventReader(ValueSerde.own(registry, SerializerSettings.DEFAULT));
            return new Codecs(
                    new AvroSerializer(registry, SerializerSettings.DEFAULT),
                    new Admission(reader, flow.names(), flow.bounds()));
        }
    }
}
