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

/// Admits and decides events as the topology does, over given stores and without a cluster. Returns what the
/// topology would publish, in the same order. Writes only to the given stores.
///
/// Time events are decided like others, but the clock does not write any. An event reaches at most one batch of
/// environments; the rest is not decided, and the outcome says so. Not thread-safe.
public final class DryRun {
    private static final int NO_PARTITION = -1;
    private static final long NO_OFFSET = -1;

    private final Flow flow;
    private final Codecs codecs;
    private final Stores stores;
    /// Keyed by the tenant's store of environments.
    private final IdentityHashMap<Object, TenantDryRun> tenants = new IdentityHashMap<>();

    /// @param flow its partition count and its clock have no effect here
    /// @param stores the state on which the events are decided; modified by this class, so pass copies
    public DryRun(Flow flow, Stores stores) {
        this.flow = new Flow(flow.names(), 1, flow.profile(), flow.bounds(), () -> Instant.MIN);
        this.codecs = Codecs.create(flow);
        this.stores = stores;
    }

    /// The stores of a tenant, by their names in [Nodes]. Must return the same stores each time. Rows of other
    /// tenants are ignored. Stores that tenants share must be empty at first.
    @FunctionalInterface
    public interface Stores {
        KeyValueStore<Bytes, byte[]> store(String name, TenantId tenant);
    }

    /// The result of an event.
    public sealed interface Outcome {
        record Refused(OutputRecord.Refused deadLetter) implements Outcome {}

        /// The event is decided.
        ///
        /// @param outputs in the order of publication. Their cause has the given partition and offset, or -1
        /// @param environments how many environments were decided
        /// @param complete whether these are all environments that the event concerns
        record Decided(List<Output> outputs, int environments, boolean complete) implements Outcome {
            public Decided {
                outputs = List.copyOf(outputs);
            }
        }
    }

    /// A publication, and its record, which is created on demand.
    ///
    /// @param time the timestamp of the record
    /// @param why the explanation, computed on demand
    public record Output(Publication publication, Instant time, Supplier<List<Explanation>> why) {
        public OutputRecord record() {
            return OutputRecord.of(publication, time);
        }
    }

    /// The unfinished work that the stores of a tenant contained.
    ///
    /// @param otherRules whether other rules or another profile decided these stores last
    /// @param fanOuts interrupted fan-outs; they were resumed before any event
    /// @param finished whether they were completed
    public record Unfinished(boolean otherRules, List<PendingFanOut> fanOuts, boolean finished) {
        public Unfinished {
            fanOuts = List.copyOf(fanOuts);
        }
    }

    /// Resumes the unfinished work in the stores of a tenant. Must be called before the events of the tenant are
    /// decided, because the processor would read them later. Idempotent.
    public Unfinished prepare(TenantId tenant) {
        return tenant(tenant).unfinished();
    }

    /// Decides an event as if it were read now from its topic.
    ///
    /// @param received the time at which the broker received it
    public Outcome decide(EventLine event, Instant received) {
        return decide(event, received, NO_PARTITION, NO_OFFSET);
    }

    /// Decides an event as if it were read now at those coordinates of its topic.
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

    private OutputRecord.Refused refused(Record<byte[], byte[]> deadLetter) {
        return OutputReader.refused(
                Optional.ofNullable(deadLetter.key()).map(key -> new String(key, StandardCharsets.UTF_8)),
                deadLetter.headers(),
                Instant.ofEpochMilli(deadLetter.timestamp()),
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
