package io.keyward.client;

import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.TenantId;
import io.keyward.testing.Cluster;
import io.keyward.topology.Events;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Sends an event on one of some environments every few milliseconds, some late and some on a wrong partition,
/// and knows what they forbid.
final class GateEvents implements AutoCloseable {
    static final List<Environment> ENVIRONMENTS = IntStream.range(0, 24)
            .mapToObj(number -> new Environment("tenant-" + number % 8, "environment-" + number / 8))
            .toList();

    /// One of each partition, also after these have doubled, on which nothing is suppressed.
    static final List<Environment> UNTOUCHED = IntStream.range(0, 2 * Cluster.PARTITIONS)
            .mapToObj(partition -> Stream.iterate(0, number -> number + 1)
                    .map(number -> "untouched-" + number)
                    .filter(tenant -> TenantPartitioner.partitionOf(tenant, 2 * Cluster.PARTITIONS) == partition)
                    .findFirst()
                    .orElseThrow())
            .map(tenant -> new Environment(tenant, "environment"))
            .toList();

    /// The tenants that are erased. What is read after an erasure brings a tenant back, so their events take no
    /// detour: none is sent to a wrong partition, and they keep their partition when the partitions double.
    private static final List<Environment> ERASABLE = ENVIRONMENTS.stream()
            .filter(environment -> Set.of("tenant-2", "tenant-4", "tenant-6").contains(environment.tenant()))
            .toList();

    private static final int LATE_MILLIS = 3_000;

    private final Cluster cluster;
    private final TopicNames names;
    private final Producer<byte[], byte[]> producer;
    private final Map<Environment, Queue<Sent>> sent = new ConcurrentHashMap<>();
    private final Map<Environment, Instant> last = new HashMap<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Random random = new Random(42);
    private final Thread thread = Thread.ofPlatform().unstarted(this::run);
    private volatile boolean stopped;
    private int number;

    record Environment(String tenant, String name) {}

    private enum Kind {
        LIVES,
        APPLIED,
        REMOVED,
        PURGED,
        ERASED
    }

    private static final List<Kind> WEIGHTED = List.of(
            Kind.LIVES,
            Kind.LIVES,
            Kind.LIVES,
            Kind.LIVES,
            Kind.APPLIED,
            Kind.APPLIED,
            Kind.APPLIED,
            Kind.REMOVED,
            Kind.REMOVED,
            Kind.REMOVED,
            Kind.REMOVED,
            Kind.PURGED);

    /// @param occurred when it became true
    /// @param acknowledged when it was on the log at the latest
    private record Sent(Kind kind, Instant occurred, AtomicReference<Instant> acknowledged) {
        boolean ends() {
            return kind == Kind.PURGED || kind == Kind.ERASED;
        }

        boolean isBefore(Instant time) {
            return !acknowledged.get().isAfter(time);
        }
    }

    GateEvents(Cluster cluster, TopicNames names) {
        this.cluster = cluster;
        this.names = names;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        UNTOUCHED.forEach(environment -> send(environment, Kind.LIVES));
        thread.start();
    }

    private void run() {
        while (!stopped) {
            boolean erases = number % 200 == 100;
            send(any(erases ? ERASABLE : ENVIRONMENTS), erases ? Kind.ERASED : any(WEIGHTED));
            try {
                Thread.sleep(20); // the pace of the events, not a wait
            } catch (InterruptedException _) {
                stopped = true;
            }
        }
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private void send(Environment about, Kind kind) {
        number++;
        List<Environment> all = kind == Kind.ERASED
                ? ENVIRONMENTS.stream()
                        .filter(other -> other.tenant().equals(about.tenant()))
                        .toList()
                : List.of(about);
        Sent event = new Sent(kind, occurred(all), new AtomicReference<>(Instant.MAX));
        all.forEach(environment -> {
            last.put(environment, event.occurred());
            sent.computeIfAbsent(environment, _ -> new ConcurrentLinkedQueue<>())
                    .add(event);
        });
        Event written = event(about, event);
        int owningPartition = TenantPartitioner.partitionOf(about.tenant(), Cluster.PARTITIONS);
        boolean wrong = number % 5 == 0 && !ERASABLE.contains(about);
        Future<RecordMetadata> _ = producer.send(
                new ProducerRecord<>(
                        names.name(Cluster.topicOf(written)),
                        wrong ? (owningPartition + 1) % Cluster.PARTITIONS : owningPartition,
                        new byte[0],
                        cluster.bytesOf(Cluster.topicOf(written), written)),
                (RecordMetadata _, Exception failed) -> {
                    if (failed == null) {
                        event.acknowledged().set(Instant.now());
                    } else {
                        failure.set(failed);
                    }
                });
    }

    /// Behind the last event of the environments, and sometimes late.
    private Instant occurred(List<Environment> environments) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Instant at = random.nextInt(5) == 0 ? now.minusMillis(LATE_MILLIS) : now;
        return environments.stream()
                .map(environment ->
                        last.getOrDefault(environment, Instant.EPOCH).plusMillis(1))
                .reduce(at, (one, other) -> one.isAfter(other) ? one : other);
    }

    private Event event(Environment about, Sent sent) {
        TenantId tenant = new TenantId(about.tenant());
        Stamp stamp = new Stamp(sent.occurred(), new EventId("event-" + number));
        EnvironmentId environment = new EnvironmentId(about.name());
        PolicyId policy = new PolicyId("policy");
        return switch (sent.kind()) {
            case LIVES, PURGED ->
                new Event.EnvironmentChanged(
                        tenant,
                        stamp,
                        environment,
                        Events.changed(
                                        1,
                                        about.tenant(),
                                        about.name(),
                                        sent.ends() ? Lifecycle.PURGED : Lifecycle.ACTIVE,
                                        FlowInventory.EMPTY)
                                .snapshot(),
                        true);
            case APPLIED ->
                new Event.PolicyApplied(
                        tenant, stamp, environment, policy, new KeyReference(Events.key("key"), Optional.empty()));
            case REMOVED -> new Event.PolicyRemoved(tenant, stamp, environment, policy);
            case ERASED -> new Event.TenantErased(tenant, stamp);
        };
    }

    /// The event that was there before that time, and forbids data of it.
    Optional<String> forbidding(Environment environment, Instant time) {
        Queue<Sent> all = sent.getOrDefault(environment, new ConcurrentLinkedQueue<>());
        return all.stream()
                .filter(event -> event.isBefore(time))
                .filter(event -> switch (event.kind()) {
                    case APPLIED ->
                        all.stream()
                                .noneMatch(later -> (later.kind() == Kind.REMOVED || later.ends())
                                        && later.occurred().isAfter(event.occurred())
                                        && !later.occurred().isAfter(time));
                    case PURGED, ERASED ->
                        all.stream()
                                .noneMatch(later -> (later.kind() == Kind.LIVES || later.kind() == Kind.APPLIED)
                                        && later.occurred().isAfter(event.occurred()));
                    case LIVES, REMOVED -> false;
                })
                .findFirst()
                .map(Sent::toString);
    }

    void rethrowFailure() throws Exception {
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }
}
