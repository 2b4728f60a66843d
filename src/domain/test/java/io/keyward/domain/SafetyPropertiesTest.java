package io.keyward.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.FlowMigration;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Protection;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.fact.Register;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// The first promise: never wrong in the dangerous direction. Checked after every event of every history
/// against the plain list of events, not against anything that the domain derives.
class SafetyPropertiesTest {
    private static final int TRIES = 1_000;

    @Provide
    Arbitrary<List<Event>> any() {
        return EventHistories.of(EventHistories.ALL, 30);
    }

    @Provide
    Arbitrary<RuleProfile> profiles() {
        return Arbitraries.of(Profiles.ALL);
    }

    /// After every event, on every environment of the tenant it concerns.
    private static void always(List<Event> events, RuleProfile profile, Check check) {
        ReferenceModel model = new ReferenceModel(profile);
        List<Event> arrived = new ArrayList<>();
        for (Event event : events) {
            model.accept(event);
            arrived.add(event);
            ReferenceTenant tenant = model.tenant(event.tenantId());
            List<Event> ofTenant = arrived.stream()
                    .filter(e -> e.tenantId().equals(tenant.id()))
                    .toList();
            tenant.verdicts().forEach((environment, verdict) -> check.check(ofTenant, environment, verdict));
        }
    }

    private interface Check {
        void check(List<Event> arrived, EnvironmentId environment, Verdict verdict);
    }

    /// While a cause is open for the key or the version in use, nothing on it is called usable.
    @Property(tries = TRIES)
    void anOpenCauseLocks(@ForAll("any") List<Event> events) {
        always(events, Profiles.SEED, (arrived, _, verdict) -> {
            Decision decision = verdict.decision();
            boolean open = decision.key().isPresent()
                    && openCauses(arrived, decision.key().get()).stream().anyMatch(SafetyPropertiesTest::isNoExpiry);
            if (open && decision.encryptionState() != EncryptionState.DELETED) {
                assertThat(decision.encryptionState()).isEqualTo(EncryptionState.LOCKED);
                assertThat(decision.lockedSince()).isPresent();
                assertThat(decision.components().values())
                        .extracting(ComponentProtection::protection)
                        .doesNotContain(Protection.CUSTOMER_MANAGED, Protection.MIXED);
                assertThat(verdict.openWarnings()).containsKey(WarningCode.KEY_REVOKED);
            }
        });
    }

    /// Nothing is called locked without an open cause somewhere on the key.
    @Property(tries = TRIES)
    void nothingLocksWithoutAnOpenCause(@ForAll("any") List<Event> events) {
        always(events, Profiles.SEED, (arrived, _, verdict) -> {
            Decision decision = verdict.decision();
            if (decision.encryptionState() == EncryptionState.LOCKED) {
                KeyId key = decision.key().orElseThrow().key();
                Instant since = decision.lockedSince().orElseThrow();
                assertThat(openCauses(arrived, new KeyReference(key, Optional.empty()))
                                        .isEmpty()
                                && openVersionCauses(arrived, key).isEmpty())
                        .isFalse();
                assertThat(decision.expectedDeletionAt().map(since::isBefore).orElse(true))
                        .isTrue();
            } else {
                assertThat(decision.lockedSince()).isEmpty();
                assertThat(decision.expectedDeletionAt()).isEmpty();
                assertThat(decision.components().values())
                        .extracting(ComponentProtection::protection)
                        .doesNotContain(Protection.LOCKED);
            }
        });
    }

    private static boolean isNoExpiry(Event.KeyRevoked revoked) {
        return revoked.cause() != RevocationCause.KEY_EXPIRED;
    }

    /// The revocations of the whole key or of that version that no later restoration covers.
    private static List<Event.KeyRevoked> openCauses(List<Event> arrived, KeyReference key) {
        return revocations(arrived, key.key()).stream()
                .filter(r -> r.version().isEmpty() || r.version().equals(key.version()))
                .toList();
    }

    private static List<Event.KeyRevoked> openVersionCauses(List<Event> arrived, KeyId key) {
        return revocations(arrived, key).stream()
                .filter(r -> r.version().isPresent())
                .toList();
    }

    private static List<Event.KeyRevoked> revocations(List<Event> arrived, KeyId key) {
        return arrived.stream()
                .filter(Event.KeyRevoked.class::isInstance)
                .map(Event.KeyRevoked.class::cast)
                .filter(revoked -> revoked.key().equals(key))
                .filter(revoked -> arrived.stream()
                        .noneMatch(e -> e instanceof Event.KeyRestored restored && covers(restored, revoked)))
                .toList();
    }

    private static boolean covers(Event.KeyRestored restored, Event.KeyRevoked revoked) {
        return restored.key().equals(revoked.key())
                && restored.occurredAt().isAfter(revoked.occurredAt())
                && (restored.cause().isEmpty() || restored.cause().get() == revoked.cause())
                && (restored.version().isEmpty() || restored.version().equals(revoked.version()));
    }

    /// No component is called customer-managed without an applied policy and the evidence that its rule needs.
    @Property(tries = TRIES)
    void nothingIsCustomerManagedWithoutEvidence(@ForAll("any") List<Event> events) {
        always(events, Profiles.SEED, (arrived, environment, verdict) -> {
            Decision decision = verdict.decision();
            boolean claims = decision.components().values().stream()
                    .anyMatch(c -> c.protection() == Protection.CUSTOMER_MANAGED || c.protection() == Protection.MIXED);
            if (claims) {
                assertThat(arrived)
                        .as("an application of the key that is claimed")
                        .anyMatch(e -> e instanceof Event.PolicyApplied a
                                && a.environmentId().equals(environment)
                                && a.key()
                                        .key()
                                        .equals(decision.key().orElseThrow().key()));
            }
            assertThat(protection(decision, Component.NON_OAUTH_CONNECTIONS)).isNotEqualTo(Protection.CUSTOMER_MANAGED);
            assertThat(protection(decision, Component.HOSTED_MACHINES)).isNotEqualTo(Protection.CUSTOMER_MANAGED);
            evidenceOfSnapshot(arrived, environment, verdict);
        });
    }

    private static Protection protection(Decision decision, Component component) {
        return Optional.ofNullable(decision.components().get(component))
                .map(ComponentProtection::protection)
                .orElse(Protection.UNDETERMINED);
    }

    private static void evidenceOfSnapshot(List<Event> arrived, EnvironmentId environment, Verdict verdict) {
        Decision decision = verdict.decision();
        if (protection(decision, Component.CLOUD_FLOWS) == Protection.CUSTOMER_MANAGED) {
            assertThat(verdict.sinkNames()).as("what is enabled is suppressed").isEqualTo(Profiles.SINKS);
            assertNoneIsOlder(
                    snapshot(arrived, environment).value().cloudFlows(),
                    decision.enabledSince().orElseThrow());
        }
        if (protection(decision, Component.HOSTED_MACHINE_GROUPS) == Protection.CUSTOMER_MANAGED) {
            Instant since = decision.enabledSince().orElseThrow();
            assertThat(snapshot(arrived, environment).value().hostedMachineGroups())
                    .allMatch(g -> !g.provisionedAt().isBefore(since));
        }
    }

    private static void assertNoneIsOlder(FlowInventory flows, Instant since) {
        assertThat(flows.count() == 0
                        || !flows.oldestCreatedAt()
                                .or(() -> dateOfTheOnlyOne(flows))
                                .orElseThrow()
                                .isBefore(since))
                .as("no cloud flow is older")
                .isTrue();
    }

    private static Optional<Instant> dateOfTheOnlyOne(FlowInventory flows) {
        return flows.newestCreatedAt().filter(_ -> flows.count() == 1);
    }

    private static Register<Snapshot> snapshot(List<Event> arrived, EnvironmentId environment) {
        Register<Snapshot> latest = null;
        for (Event event : arrived) {
            if (event instanceof Event.EnvironmentChanged e
                    && e.environmentId().equals(environment)
                    && e.snapshot().lifecycle() != Lifecycle.PURGED) {
                latest = Register.latest(Optional.ofNullable(latest), new Register<>(e.stamp(), e.snapshot()));
            }
        }
        return latest;
    }

    /// Where the platform migrates existing flows (R3a), nothing that it reports on the Microsoft-managed key is
    /// claimed, and no run history before it has ended for 30 days.
    @Property(tries = 2 * TRIES)
    void whatHasNotMigratedIsNotClaimed(@ForAll("any") List<Event> events) {
        always(events, Profiles.MIGRATE, (arrived, environment, verdict) -> {
            Decision decision = verdict.decision();
            if (protection(decision, Component.CLOUD_FLOWS) == Protection.CUSTOMER_MANAGED) {
                assertReportedOrYounger(
                        snapshot(arrived, environment), decision.enabledSince().orElseThrow());
            }
            if (protection(decision, Component.FLOW_RUN_HISTORY) == Protection.CUSTOMER_MANAGED) {
                assertEndedLongAgo(
                        snapshot(arrived, environment).value().flowMigration().orElseThrow(),
                        decision.enabledSince().orElseThrow(),
                        arrived);
            }
        });
    }

    private static void assertReportedOrYounger(Register<Snapshot> latest, Instant enabledSince) {
        FlowInventory flows = latest.value().cloudFlows();
        if (latest.stamp().occurredAt().isAfter(enabledSince)
                && flows.onMicrosoftManagedKey().isPresent()) {
            assertThat(flows.onMicrosoftManagedKey()).contains(0);
        } else {
            assertNoneIsOlder(flows, enabledSince);
        }
    }

    private static void assertEndedLongAgo(FlowMigration migration, Instant enabledSince, List<Event> arrived) {
        Instant latest =
                arrived.stream().map(Event::occurredAt).max(Instant::compareTo).orElseThrow();
        assertThat(migration.state()).isEqualTo(FlowMigration.State.DONE);
        assertThat(migration.finishedAt().orElseThrow())
                .isAfter(enabledSince)
                .isBeforeOrEqualTo(latest.minus(Duration.ofDays(30)));
    }

    /// An allowed sink has no data that is encrypted with the customer's key for Power Automate.
    @Property(tries = TRIES)
    void whatIsAllowedHoldsNoPowerAutomateDataUnderTheKey(
            @ForAll("any") List<Event> events, @ForAll("profiles") RuleProfile profile) {
        always(events, profile, (_, _, verdict) -> {
            if (verdict.sinkNames().isEmpty()) {
                verdict.decision()
                        .components()
                        .forEach((component, protection) -> assertThat(component == Component.DATAVERSE
                                        || protection.protection() == Protection.MICROSOFT_MANAGED)
                                .as("%s is %s", component, protection)
                                .isTrue());
            } else {
                assertThat(verdict.sinkNames()).isEqualTo(Profiles.SINKS);
            }
        });
    }

    /// Status and state agree: failed or none only where the domain says so.
    @Property(tries = TRIES)
    void statusFollowsFromStateAndWarnings(@ForAll("any") List<Event> events) {
        always(events, Profiles.SEED, (_, _, verdict) -> {
            Decision decision = verdict.decision();
            boolean grave = verdict.openWarnings().keySet().stream()
                    .anyMatch(w -> w.severity().compareTo(Severity.WARNING) >= 0);
            switch (decision.policyStatus()) {
                case NONE ->
                    assertThat(decision.encryptionState())
                            .isIn(EncryptionState.MICROSOFT_MANAGED, EncryptionState.DELETED);
                case SUCCEEDED -> {
                    assertThat(decision.encryptionState()).isEqualTo(EncryptionState.CUSTOMER_MANAGED);
                    assertThat(grave).isFalse();
                }
                case WARNING -> assertThat(grave).isTrue();
                case FAILED ->
                    assertThat(decision.encryptionState())
                            .isIn(EncryptionState.MICROSOFT_MANAGED, EncryptionState.LOCKED);
            }
        });
    }
}
