package io.keyward.vault.watch;

import io.keyward.domain.event.Event;
import java.time.Instant;
import java.util.List;

/// Compares the evidence about a key with its facts and returns the differences as events. Has no side effects.
///
/// Evidence counts only against older facts, so an answer from before a change never reverts the change.
record Reconciler(WatchSettings settings) {
    Reconciliation reconcile(KeyObservation observation, Instant now) {
        List<Event.OfKey> proven = differences(observation, settings.proof().confirmations(), now);
        List<Event.OfKey> suspected = differences(observation, 1, now);
        return new Reconciliation(proven, !ids(proven).containsAll(ids(suspected)));
    }

    private List<Event.OfKey> differences(KeyObservation observation, int confirmations, Instant now) {
        Differences found =
                new Differences(observation, confirmations, settings.proof().grace());
        new Rotations(found).find();
        new Revocations(found).find();
        new Restorations(found).find();
        new Expiries(found).find(settings.expiryDays(), now);
        return found.events();
    }

    private static List<Object> ids(List<Event.OfKey> events) {
        return events.stream().<Object>map(event -> event.stamp().eventId()).toList();
    }

    /// The result of comparing facts and evidence.
    ///
    /// @param proven the events to publish
    /// @param suspicion whether more events would follow if further probes agreed with the last one
    record Reconciliation(List<Event.OfKey> proven, boolean suspicion) {
        Reconciliation {
            proven = List.copyOf(proven);
        }
    }
}
