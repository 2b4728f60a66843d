package io.keyward.chaos.load;

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
import java.util.Random;

/// New tenants, each with one environment that gets a policy and a snapshot: two inputs on two topics, each of
/// which causes exactly one decision in either order of arrival, with warnings and suppressions.
public final class NewEnvironments implements InputSource {
    private static final Instant POLICY = Instant.parse("2026-02-01T00:00:00Z");
    private static final Instant SNAPSHOT = Instant.parse("2026-02-02T00:00:00Z");

    private final EventEncoder encoder;
    private final Random random;
    private final Misplacement misplacement;
    private Optional<Event> second = Optional.empty();
    private int tenants;

    public NewEnvironments(EventEncoder encoder, Random random, Misplacement misplacement) {
        this.encoder = encoder;
        this.random = random;
        this.misplacement = misplacement;
    }

    @Override
    public Input next() {
        Event event = second.orElseGet(this::first);
        if (second.isPresent()) {
            second = Optional.empty();
        }
        return misplacement.of(new Input(
                Topics.of(event),
                Optional.empty(),
                Optional.of(event.tenantId().value()),
                Optional.of(encoder.bytes(event)),
                new Input.Decides(event)));
    }

    private Event first() {
        TenantId tenant = new TenantId("new-" + ++tenants);
        EnvironmentId environment = new EnvironmentId("only");
        Event policy = new Event.PolicyApplied(
                tenant,
                new Stamp(POLICY, new EventId("policy")),
                environment,
                new PolicyId("policy"),
                new KeyReference(new KeyId("https://new.vault.example", "key"), Optional.empty()));
        Event snapshot = new Event.EnvironmentChanged(
                tenant, new Stamp(SNAPSHOT, new EventId("snapshot")), environment, snapshot(), true);
        boolean policyFirst = random.nextBoolean();
        second = Optional.of(policyFirst ? snapshot : policy);
        return policyFirst ? policy : snapshot;
    }

    /// Has flows older than the policy, which cause a warning.
    private Snapshot snapshot() {
        Instant old = POLICY.minusSeconds(1 + random.nextInt(1_000));
        return new Snapshot(
                EnvironmentType.PRODUCTION,
                true,
                Lifecycle.ACTIVE,
                new FlowInventory(1, Optional.of(old), Optional.of(old)),
                FlowInventory.EMPTY,
                random.nextInt(2),
                List.of(),
                random.nextInt(2),
                Optional.empty(),
                Optional.empty());
    }
}
