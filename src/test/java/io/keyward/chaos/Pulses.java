package io.keyward.chaos;

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
import io.keyward.topology.contract.TenantPartitioner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/// One environment on each partition, whose snapshots come in order and each say something else than the one before,
/// so that each causes exactly one decision: they show whether a partition is being decided, and up to where.
final class Pulses implements Source {
    private static final String TENANT = "pulse-";
    private static final EnvironmentId ENVIRONMENT = new EnvironmentId("heart");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Wire wire;
    private final List<TenantId> tenants;
    private final AtomicIntegerArray numbers;
    private int turn;

    Pulses(Wire wire, int partitions) {
        this.wire = wire;
        tenants = IntStream.range(0, partitions)
                .mapToObj(partition -> tenantAt(partition, partitions))
                .toList();
        numbers = new AtomicIntegerArray(partitions);
    }

    /// A policy for every environment; send these, and see them decided, before the first snapshot.
    List<Input> policies() {
        return tenants.stream()
                .map(tenant -> new Event.PolicyApplied(
                        tenant,
                        stamp(0),
                        ENVIRONMENT,
                        new PolicyId("policy"),
                        new KeyReference(new KeyId("https://pulse.vault.example", "key"), Optional.empty())))
                .map(this::input)
                .toList();
    }

    @Override
    public Input next() {
        int partition = turn++ % tenants.size();
        return input(snapshot(tenants.get(partition), numbers.incrementAndGet(partition)));
    }

    /// The number of the last snapshot that was made for the partition; 0 before the first.
    int lastOn(int partition) {
        return numbers.get(partition);
    }

    /// The number of the pulse that caused a decision; empty if it was no pulse.
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
                0);
        return new Event.EnvironmentChanged(tenant, stamp(number), ENVIRONMENT, snapshot, true);
    }

    private static Stamp stamp(int number) {
        return new Stamp(START.plusSeconds(number), new EventId(Integer.toString(number)));
    }

    private Input input(Event event) {
        return new Input(
                Wire.topicOf(event),
                Optional.empty(),
                Optional.of(event.tenantId().value()),
                Optional.of(wire.bytes(event)),
                new Input.Decides(event));
    }

    private static TenantId tenantAt(int partition, int partitions) {
        return IntStream.iterate(0, n -> n + 1)
                .mapToObj(n -> TENANT + partition + "-" + n)
                .filter(name -> TenantPartitioner.home(name, partitions) == partition)
                .map(TenantId::new)
                .findFirst()
                .orElseThrow();
    }
}
