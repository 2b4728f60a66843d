package io.keyward.domain;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Standing;
import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.Instants;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Register;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.KeyId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The input of the rules: the facts of an environment, its history, its slot and the profile. Only [#of] creates
/// one, because the other components follow from these.
///
/// @param facts decidable facts, from which everything else follows
/// @param reports what its components reported (R28); may be missing if the profile ignores reports
/// @param keys the facts of the keys among the environment's applications
/// @param snapshot the last one; present in every standing but `INVENTORY_UNKNOWN` and `NO_POLICY`
/// @param asOf the latest time among the facts, or the time that the tenant has reached (R25) if that is later.
///     The verdict holds as of then, because there is no clock
/// @param dataUnderKey whether the data is under a customer key, or would be if a deleted environment were
///     restored (R24)
/// @param enabledSince since when the environment is enabled (R14); while its inventory is unknown, since when it
///     is under a key
/// @param openLocks the locks that are open now (R17, R19, R20, R23)
/// @param lockedTimes when locks of this series held, open or ended
public record Situation(
        EnvironmentFacts facts,
        Reports reports,
        Map<KeyId, KeyFacts> keys,
        Optional<Snapshot> snapshot,
        History history,
        Slot slot,
        RuleProfile profile,
        Instant asOf,
        boolean dataUnderKey,
        Optional<Instant> enabledSince,
        Standing standing,
        List<Lock> openLocks,
        List<TimeRange> lockedTimes) {
    /// @param timeReached the time that the tenant has reached (R25); [Instant#MIN] if it has reached none
    static Situation of(
            EnvironmentFacts facts,
            Reports reports,
            Map<KeyId, KeyFacts> keys,
            Instant timeReached,
            History history,
            Slot slot,
            RuleProfile profile) {
        Optional<Snapshot> snapshot = facts.snapshot().map(Register::value);
        Standing standing = standing(snapshot, history, slot);
        boolean underKey = history.keyPeriod().isPresent()
                && (slot.held() || snapshot.isEmpty() || snapshot.get().eligible());
        List<Lock> locks = underKey && standing != Standing.DELETED
                ? only(history.locks(), lock -> locks(lock, profile))
                : List.of();
        return new Situation(
                facts,
                reports,
                keys,
                snapshot,
                history,
                slot,
                profile,
                Instants.max(timeReached, latest(facts, keys)),
                underKey,
                history.seriesStart().map(start -> slot.enabledSince(start).orElse(start)),
                standing,
                only(locks, Lock::open),
                locks.isEmpty() ? List.of() : Lock.unbroken(locks));
    }

    private static Instant latest(EnvironmentFacts environment, Map<KeyId, KeyFacts> keys) {
        Instant latest = environment.latest();
        for (Fact.Application application : environment.applications()) {
            KeyFacts key = keys.getOrDefault(application.key().key(), KeyFacts.NONE);
            latest = Instants.max(latest, key.latest());
        }
        return latest;
    }

    private static List<Lock> only(List<Lock> all, Predicate<Lock> wanted) {
        return all.isEmpty() ? all : all.stream().filter(wanted).toList();
    }

    private static Standing standing(Optional<Snapshot> snapshot, History history, Slot slot) {
        if (snapshot.isPresent() && snapshot.get().lifecycle() == Lifecycle.DELETED) {
            return Standing.DELETED;
        }
        if (history.keyPeriod().isEmpty()) {
            return Standing.NO_POLICY;
        }
        if (slot.held()) {
            return Standing.ENABLED;
        }
        if (snapshot.isEmpty()) {
            return Standing.INVENTORY_UNKNOWN;
        }
        if (!snapshot.get().eligible()) {
            return history.policyInForce().isPresent() ? Standing.NOT_ELIGIBLE : Standing.NO_POLICY;
        }
        return Standing.OVER_LIMIT;
    }

    /// An expiry locks only if the profile says so (R23).
    private static boolean locks(Lock lock, RuleProfile profile) {
        return lock.rule() != Rule.R23 || profile.expiry() == RuleProfile.Expiry.LOCK;
    }

    boolean is(Standing other) {
        return standing == other;
    }

    /// Whether the environment's data is encrypted with a customer key now.
    boolean onCustomerKey() {
        return dataUnderKey && standing != Standing.DELETED;
    }

    /// Whether the sinks are suppressed: the environment holds a slot, or its inventory is unknown (R14, R4).
    public boolean suppressed() {
        return history.keyPeriod().isPresent() && (slot.held() || snapshot.isEmpty());
    }

    /// The present series, as R15 remembers it.
    Optional<SeriesMemory.Known> knownSeries() {
        return history.seriesStart()
                .map(start -> new SeriesMemory.Known(start, enabledSince.filter(_ -> suppressed()), slot.held()));
    }

    /// The rule by which sinks that are not suppressed may receive data: no policy, no slot, not eligible, or
    /// not among the sinks of the profile. A deletion does not change it (R24).
    Rule whyAllowed() {
        if (suppressed()) {
            return Rule.R14;
        }
        if (history.keyPeriod().isEmpty()) {
            return Rule.R1;
        }
        if (snapshot.orElseThrow().eligible()) {
            return Rule.R11;
        }
        return history.policyInForce().isPresent() ? Rule.R8 : Rule.R1;
    }

    /// From when on a hosted machine group has to be provisioned to be under the key (R6). Requires that the
    /// environment is enabled.
    Instant groupsUnderKeySince() {
        return Instants.max(enabledSince.orElseThrow(), keyPeriod().since());
    }

    /// Whether the platform migrates the flows that exist when an environment is enabled (R3a).
    public boolean flowsMigrate() {
        return profile.existingFlows() == RuleProfile.ExistingFlows.MIGRATE;
    }

    /// How many cloud flows the platform reports under the Microsoft-managed key (R3a). Requires that the
    /// environment is enabled. Empty if flows do not migrate, or if the report is not later than the moment at
    /// which the environment was enabled.
    Optional<Integer> cloudFlowsLeft() {
        return flowsMigrate()
                ? facts.snapshot()
                        .filter(held -> held.stamp().occurredAt().isAfter(enabledSince.orElseThrow()))
                        .flatMap(held -> held.value().cloudFlows().onMicrosoftManagedKey())
                : Optional.empty();
    }

    /// Until when run history from before the migration of flows exists, if known (R3a). Requires that the
    /// environment is enabled.
    Optional<Instant> formerHistoryUntil() {
        return flowsMigrate()
                ? snapshot.orElseThrow().flowMigration().flatMap(m -> m.formerHistoryUntil(enabledSince.orElseThrow()))
                : Optional.empty();
    }

    /// When the runtime was last seen enabled (R21).
    Optional<Instant> runtimeEnabledAt() {
        return facts.runtimeEnabledAt();
    }

    /// The facts of a key among the environment's applications.
    KeyFacts facts(KeyId key) {
        return keys.getOrDefault(key, KeyFacts.NONE);
    }

    /// The period under the key of the data. Requires [#onCustomerKey()].
    public KeyPeriod keyPeriod() {
        return history.keyPeriod().orElseThrow();
    }

    /// The open revocations that lock by that rule, including those that the profile only warns about.
    Stream<Fact.Revocation> revocationsBy(Rule rule) {
        return history.locks().stream()
                .filter(lock -> lock.open() && lock.rule() == rule)
                .map(Lock::revocation);
    }

    public boolean locked() {
        return !openLocks.isEmpty();
    }

    /// Since when it has been locked without a break under the present key (R20). Requires [#locked()].
    public Instant lockedSince() {
        return Instants.max(lockedTimes.getLast().from(), keyPeriod().since());
    }

    /// When the last unbroken lock of this series that has ended did so (R20); [Instant#MIN] if none has.
    Instant lastUnlocked() {
        for (TimeRange locked : lockedTimes.reversed()) {
            if (!locked.open()) {
                return locked.until();
            }
        }
        return Instant.MIN;
    }

    /// When the last lock of this series ended, if there was one and the runtime has not been enabled since
    /// (R21).
    public Optional<Instant> reenableSince() {
        if (lockedTimes.isEmpty() || locked() || profile.unlock() == RuleProfile.Unlock.AUTOMATIC) {
            return Optional.empty();
        }
        Instant over = lastUnlocked();
        boolean lasts = runtimeEnabledAt().filter(at -> at.isAfter(over)).isEmpty();
        return over.equals(Instant.MIN) || !lasts ? Optional.empty() : Optional.of(over);
    }

    /// The expiry of the version in force, if the profile only warns about it (R23). Requires [#onCustomerKey()].
    public Optional<Fact.Revocation> expiredWithoutLock() {
        return profile.expiry() == RuleProfile.Expiry.LOCK
                ? Optional.empty()
                : revocationsBy(Rule.R23).findFirst();
    }
}
