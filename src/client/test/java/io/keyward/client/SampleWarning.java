package io.keyward.client;

import io.keyward.decision.Cause;
import io.keyward.decision.Severity;
import io.keyward.decision.Warning;
import io.keyward.decision.WarningStatus;
import java.time.Instant;

/// Warnings as a processor writes them.
final class SampleWarning {
    private static final Instant RAISED = Instant.parse("2026-03-01T10:00:00Z");

    private SampleWarning() {}

    /// A warning about an environment.
    static Warning of(String key, String incident, int sequence, WarningStatus status) {
        String[] parts = key.split("/", -1);
        Instant at = RAISED.plusSeconds(sequence);
        return Warning.newBuilder()
                .setTenantId(parts[0])
                .setEnvironmentId(parts[1])
                .setCode(parts[2])
                .setIncident(incident)
                .setSequence(sequence)
                .setStatus(status)
                .setSeverity(Severity.CRITICAL)
                .setMessage("The key \"k1\" was revoked.")
                .setRemediation("Restore it.")
                .setRaisedAt(RAISED)
                .setClearedAt(status == WarningStatus.CLEARED ? at : null)
                .setRuleProfile("2024-07-23")
                .setCause(new Cause("KeyRevoked", "e" + sequence, at, "key-revoked", 0, (long) sequence))
                .build();
    }
}
