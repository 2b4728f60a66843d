package io.keyward.chaos.load;

import io.keyward.client.TenantPartitioner;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.contract.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/// Events of one environment on each partition. Its snapshots come in order and differ, so that each causes
/// exactly one decision: they show up to where a partition is decided.
public final class ProgressEvents implements InputSource {
    private static final String TENANT = "progress-";
    private static final EnvironmentId ENVIRONMENT = new EnvironmentId("only");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final EventEncoder encoder;
    private final List<TenantId> tenants;
    private final AtomicIntegerArray numbers;
    private int turn;

    public ProgressEvents(EventEncoder encoder, int partitions) {
        this.encoder = encoder;
        tenants = IntStream.range(0, partitions)
                .mapToObj(partition -> tenantAt(partition, partitions))
                .toList();
        numbers = new AtomicIntegerArray(partitions);
    }

    /// A policy for every environment; these must be decided before the first snapshot is sent.
    public List<Input> policies() {
        return tenants.stream()
                .map(tenant -> new Event.PolicyApplied(
                        tenant,
                        stamp(0),
                        ENVIRONMENT,
                        new PolicyId("policy"),
                        new KeyReference(new KeyId("https://progress.vault.example", "key"), Optional.empty())))
                .map(this::input)
                .toList();
    }

    @Override
    public Input next() {
        int partition = turn++ % tenants.size();
        return input(snapshot(tenants.get(partition), numbers.incrementAndGet(partition)));
    }

    /// The number of the last snapshot on the partition; 0 before the first.
    public int lastOn(int partition) {
        return numbers.get(partition);
    }

    /// The number of the snapshot that caused a decision; empty if it was another event.
    static Optional<Integer> number(String decisionKey, String eventId) {
        return decisionKey.startsWith(TENANT) ? Optional.of(Integer.valueOf(eventId)) : Optional.empty();
    }

    private static Event snapshot(TenantId tenant, int number) {
        Snapshot snapshot = new Snapshot(
                EnvironmentType.PRODUCTION,
                true,
                Lifecycle.ACTIVE,
                FlowInventory.EMPTY,
                FlowInventory.EMPTY,
                number % 2,
                List.of(),
                0,
                Optional.empty(),
                Optional.empty());
        return new Event.EnvironmentChanged(tenant, stamp(number), ENVIRONMENT, snapshot, true);
    }

    private static Stamp stamp(int number) {
        return new Stamp(START.plusSeconds(number), new EventId(Integer.toString(number)));
    }

    private Input input(Event event) {
        return new Input(
                Topics.of(event),
                Optional.empty(),
                Optional.of(event.tenantId().value()),
                Optional.of(encoder.bytes(event)),
                new Input.Decides(event));
    }

    private static TenantId tenantAt(int partition, int partitions) {
        return IntStream.iterate(0, n -> n + 1)
                .mapToObj(n -> TENANT + partition + "-" + n)
                .filter(name -> TenantPartitioner.partitionOf(name, partitions) == partition)
                .map(TenantId::new)
                .findFirst()
                .orElseThrow();
    }
}
