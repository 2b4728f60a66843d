package io.keyward.domain;

import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Standing;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.Protection;
import io.keyward.domain.fact.Instants;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The key under which the items of a component should be, and since when (R29).
///
/// @param key any version of the key if it has no version; empty for the Microsoft-managed key
/// @param protection what was decided for the component before any lock
/// @param formerKeys the keys that hosted machine groups may be under until they are provisioned again
/// @param since only later reports count
/// @param deadline when the items should be under the key (R30)
record Desired(
        Optional<KeyReference> key, Protection protection, Set<KeyId> formerKeys, Instant since, Instant deadline) {
    /// Where no policy is to be enforced: no report counts.
    static final Desired NOTHING =
            new Desired(Optional.empty(), Protection.MICROSOFT_MANAGED, Set.of(), Instant.MAX, Instant.MAX);

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
                component == Component.HOSTED_MACHINE_GROUPS ? formerKeys(s, protection) : Set.of(),
                Instants.max(changed, rotated),
                Instants.max(changed.plus(Enforcement.CHANGE), rotated.plus(Enforcement.ROTATION)));
    }

    /// The last time that anything changed, apart from the version of the key.
    private static Instant changed(Situation s, Component component) {
        Instant changed = s.history()
                .keyPeriod()
                .map(KeyPeriod::since)
                .or(s.history()::leftKeyAt)
                .orElseThrow();
        changed = Instants.max(changed, s.lastUnlocked());
        if (component != Component.DATAVERSE) {
            changed = Instants.max(changed, s.enabledSince().orElse(changed));
        }
        if (component == Component.FLOW_RUN_HISTORY && s.is(Standing.ENABLED)) {
            Optional<Instant> ended = s.formerHistoryUntil().filter(end -> !end.isAfter(s.asOf()));
            changed = Instants.max(changed, ended.orElse(changed));
        }
        return changed;
    }

    /// The keys that this series left by a swap, if some groups still have to be provisioned again.
    private static Set<KeyId> formerKeys(Situation s, Protection protection) {
        boolean pending = protection == Protection.PENDING_REPROVISION || protection == Protection.MIXED;
        return pending
                ? s.history().formerPeriods().reversed().stream()
                        .takeWhile(former -> former.by() == Rule.R22)
                        .map(former -> former.period().key())
                        .collect(Collectors.toSet())
                : Set.of();
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
                : is(found) || formerKeys.contains(found.get().key());
    }

    private boolean is(Optional<KeyReference> found) {
        return key.equals(found) || key.equals(found.map(KeyReference::wholeKey));
    }

    /// Whether the report is clean of the desired key.
    boolean isShownBy(EnforcementReport report) {
        return report.clean() && report.items().stream().allMatch(items -> is(items.key()));
    }
}
