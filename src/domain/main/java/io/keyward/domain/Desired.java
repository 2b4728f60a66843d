package io.keyward.domain;

import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Standing;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.Protection;
import io.keyward.domain.fact.VersionPeriod;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Under which key the items of a component should be, and since when (R29).
///
/// @param key without a version any one version of it; empty for the Microsoft-managed key
/// @param protection what was decided for the component before any lock
/// @param formerKey the key that hosted machine groups may be under until they are provisioned again
/// @param since only later reports count
/// @param deadline when it should be so (R30)
record Desired(
        Optional<KeyReference> key, Protection protection, Optional<KeyId> formerKey, Instant since, Instant deadline) {
    /// @param protection what was decided for the component before any lock
    static Desired of(Situation s, Component component, Protection protection) {
        Optional<KeyReference> key =
                protection.underCustomerKey() ? Optional.of(s.keyPeriod().reference()) : Optional.empty();
        Instant changed = changed(s, component);
        Instant rotated =
                key.flatMap(KeyReference::version).isPresent() ? s.keyPeriod().versionInForceSince() : changed;
        return new Desired(
                key,
                protection,
                component == Component.HOSTED_MACHINE_GROUPS ? formerKey(s, protection) : Optional.empty(),
                VersionPeriod.later(changed, rotated),
                VersionPeriod.later(changed.plus(Enforcement.CHANGE), rotated.plus(Enforcement.ROTATION)));
    }

    /// When anything but the version of the key changed last.
    private static Instant changed(Situation s, Component component) {
        Instant changed = s.history()
                .keyPeriod()
                .map(KeyPeriod::since)
                .or(s.history()::leftKeyAt)
                .orElseThrow();
        changed = VersionPeriod.later(changed, s.lastUnlocked());
        if (component != Component.DATAVERSE) {
            changed = VersionPeriod.later(changed, s.enabledSince().orElse(changed));
        }
        if (component == Component.FLOW_RUN_HISTORY && s.is(Standing.ENABLED)) {
            Optional<Instant> ended = s.formerHistoryUntil().filter(end -> !end.isAfter(s.asOf()));
            changed = VersionPeriod.later(changed, ended.orElse(changed));
        }
        return changed;
    }

    /// The previous key, if some groups wait to be provisioned again after a swap.
    private static Optional<KeyId> formerKey(Situation s, Protection protection) {
        List<FormerKeyPeriod> former = s.history().formerPeriods();
        boolean pending = protection == Protection.PENDING_REPROVISION || protection == Protection.MIXED;
        return pending && !former.isEmpty() && former.getLast().by() == Rule.R22
                ? Optional.of(former.getLast().period().key())
                : Optional.empty();
    }

    /// Whether a report of that time counts.
    boolean isBefore(Instant reported) {
        return reported.isAfter(since);
    }

    /// Whether items may be under that key.
    ///
    /// @param found the key with its version; empty for the Microsoft-managed key
    boolean allows(Optional<KeyReference> found) {
        return found.isEmpty()
                ? protection != Protection.CUSTOMER_MANAGED
                : is(found) || formerKey.equals(found.map(KeyReference::key));
    }

    private boolean is(Optional<KeyReference> found) {
        return key.equals(found) || key.equals(found.map(KeyReference::wholeKey));
    }

    /// Whether the report is clean of the desired key.
    boolean isShownBy(EnforcementReport report) {
        return report.clean() && report.items().stream().allMatch(items -> is(items.key()));
    }
}
