package io.keyward.domain.decision;

import io.keyward.domain.event.Component;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.PolicyId;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which key protects which part of an environment, and since when: the main part of a verdict.
///
/// The maps belong to this record: callers must not change them afterwards.
///
/// @param key the key of the data with the version in force, if the data is under a customer key
/// @param enabledSince since when the environment is enabled for Power Automate (R14)
/// @param lockedSince since when it is locked (R20)
/// @param expectedDeletionAt when a locked environment will be deleted, if its type is known (R20)
/// @param components every component; empty while the environment is deleted (R24)
/// @param retainUntil former keys and versions that must be kept, by key and date (R9, R17)
/// @param enforcement whether each component is really so; empty where no policy took effect, and where reports
///     are ignored (R29, R32)
public record Decision(
        EncryptionState encryptionState,
        PolicyStatus policyStatus,
        Optional<PolicyId> policyId,
        Optional<KeyReference> key,
        Optional<Instant> enabledSince,
        Optional<Instant> lockedSince,
        Optional<Instant> expectedDeletionAt,
        Map<Component, ComponentProtection> components,
        List<Retention> retainUntil,
        Map<Component, Enforcement> enforcement) {
    public Decision {
        components = inOrder(components);
        retainUntil = List.copyOf(retainUntil);
        enforcement = inOrder(enforcement);
    }

    private static <V> Map<Component, V> inOrder(Map<Component, V> each) {
        if (each.isEmpty()) {
            return Map.of();
        }
        return Collections.unmodifiableMap(each instanceof EnumMap ? each : new EnumMap<>(each));
    }

    /// What this decision proves: each component that is ENFORCED by it, unless the decision before had it as
    /// ENFORCED with the same `desiredSince` (R29).
    public Map<Component, Enforcement> proven(Optional<Decision> before) {
        Map<Component, Enforcement> proven = new EnumMap<>(Component.class);
        proven.putAll(enforcement);
        proven.values().removeIf(now -> now.status() != EnforcementStatus.ENFORCED);
        before.ifPresent(last -> proven.entrySet().removeAll(last.enforcement.entrySet()));
        return proven;
    }
}
