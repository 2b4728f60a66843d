package io.keyward.vault.watch;

import io.keyward.config.Configured;
import io.keyward.config.VaultSettings;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Compares the evidence about a key with its facts and returns the differences as events. Has no side effects.
///
/// Evidence counts only against older facts, so an answer from before a change never reverts the change.
///
/// @param confirmations how many answers prove a revocation
/// @param grace after which evidence counts
/// @param expiryDays before an expiry, at which it is published
/// @param viewpoint what an answer proves
record Reconciler(int confirmations, Duration grace, List<Integer> expiryDays, Viewpoint viewpoint) {
    Reconciler(Configured settings) {
        this(
                settings.value(VaultSettings.CONFIRMATIONS),
                settings.value(VaultSettings.GRACE),
                settings.value(VaultSettings.EXPIRY_DAYS),
                new Viewpoint(settings));
    }

    Reconciliation reconcile(KeyObservation observation, Instant now) {
        Differences proven = differences(observation, confirmations, now);
        Differences suspected = differences(observation, 1, now);
        return new Reconciliation(proven.publishedBy(now), !ids(proven.events()).containsAll(ids(suspected.events())));
    }

    private Differences differences(KeyObservation observation, int answers, Instant now) {
        Differences found = new Differences(observation, this, answers);
        new Rotations(found).find();
        new Revocations(found).find();
        new Restorations(found).find();
        new Expiries(found).find(expiryDays, now);
        return found;
    }

    private static List<Object> ids(List<Event.OfKey> events) {
        return events.stream().<Object>map(event -> event.stamp().eventId()).toList();
    }

    /// The result of comparing facts and evidence.
    ///
    /// @param proven the events to publish
    /// @param suspicion whether more events would follow if further probes agreed with the last one
    record Reconciliation(List<Event.OfKey> proven, boolean suspicion) {}

    /// A tenant's key with its facts and its vault's answers.
    ///
    /// @param versions the versions that the tenant's environments depend on, current or not
    /// @param facts the stored facts and those in flight
    /// @param revocationOnItsWay whether a revocation is in flight
    /// @param held whether denials prove nothing for the time being
    record KeyObservation(
            TenantId tenant,
            KeyId key,
            Set<KeyVersion> versions,
            KeyFacts facts,
            boolean revocationOnItsWay,
            boolean held,
            Evidence evidence) {}
}
