package io.keyward.ops.metrics;

import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.IncidentId;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.LogSubject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Records and publications for tests of metrics.
public final class Flows {
    public static final RuleProfile PROFILE = new RuleProfile(
            "2024-07-23",
            new TreeSet<>(List.of("lake", "reports")),
            RuleProfile.ExistingFlows.STAY,
            "Flows stay on the Microsoft-managed key.",
            RuleProfile.Unlock.MANUAL,
            RuleProfile.Expiry.LOCK,
            RuleProfile.Evidence.IGNORE,
            RuleProfile.OauthConnections.CUSTOMER_MANAGED);

    static final LogSubject RECORD = new LogSubject("cmk.key-revoked", 0, 7, Optional.of("e-1"));

    private static final TenantId TENANT = new TenantId("contoso");
    private static final EnvironmentId ENVIRONMENT = new EnvironmentId("production-1");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final KeyId KEY = new KeyId("https://secrets.vault.azure.net", "customer-key");
    private static final Cause CAUSE = new Cause("KeyRevoked", "e-1", NOON, "cmk.key-revoked", 0, 7);
    private static final Publication.About ABOUT =
            new Publication.About(TENANT, Optional.of(ENVIRONMENT), Optional.of("production-1"), PROFILE.name(), CAUSE);

    private Flows() {}

    static Event revocation() {
        return new Event.KeyRevoked(TENANT, stamp(), KEY, Optional.empty(), RevocationCause.KEY_DISABLED);
    }

    static Event rotation() {
        return new Event.KeyRotated(TENANT, stamp(), KEY, new KeyVersion("v2"), Optional.empty(), Optional.empty());
    }

    static RefusedException refusal(RefusalCode code) {
        return new RefusedException(code, "A sentence.");
    }

    static Publication decision(EncryptionState state, PolicyStatus status) {
        Decision decision = new Decision(
                state,
                status,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(),
                Map.of());
        return new Publication.OfDecision(1, decision, List.of(), List.of(), ABOUT);
    }

    static Publication raised(WarningCode code) {
        return warning(code, Optional.empty());
    }

    static Publication cleared(WarningCode code) {
        return warning(code, Optional.of(NOON));
    }

    static Publication suppression(String sink) {
        return signal(sink, new Signal(Signal.Action.SUPPRESS, NOON, List.of()));
    }

    static Publication allowance(String sink) {
        return signal(sink, new Signal(Signal.Action.ALLOW, NOON, List.of()));
    }

    private static Publication signal(String sink, Signal signal) {
        return new Publication.OfSignal(sink, signal, Rule.R14, 1, ABOUT);
    }

    static Publication retraction() {
        return new Publication.Retraction(
                TENANT, Publication.Kind.DECISION, Publication.decisionKey(TENANT, ENVIRONMENT));
    }

    /// Values that no label may contain.
    static List<String> secrets() {
        return List.of("contoso", "production-1", "customer-key", "secrets.vault");
    }

    private static Publication warning(WarningCode code, Optional<Instant> clearedAt) {
        return new Publication.OfWarning(
                code,
                new Incident(
                        new IncidentId(1, "t", 0, 0),
                        clearedAt.isPresent() ? 2 : 1,
                        NOON,
                        code.severity(),
                        List.of("group-9"),
                        1,
                        0),
                "A sentence.",
                clearedAt,
                ABOUT);
    }

    private static Stamp stamp() {
        return new Stamp(NOON, new EventId("e-1"));
    }
}
