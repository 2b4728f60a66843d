package io.keyward.vault.watch;

import io.keyward.domain.event.Event;
import java.time.Instant;
import java.util.List;

/// Compares what a vault has shown of a key with the facts, and states the difference: nothing where they agree. Pure.
///
/// Evidence counts only against facts that are older than it, so an answer from before a change never undoes it.
final class Reconciler {
    private final WatchSettings settings;

    Reconciler(WatchSettings settings) {
        this.settings = settings;
    }

    Reconciliation judge(KeyObservation matter, Instant now) {
        List<Event.OfKey> proven = differences(matter, settings.proof().confirmations(), now);
        List<Event.OfKey> suspected = differences(matter, 1, now);
        return new Reconciliation(proven, !ids(proven).containsAll(ids(suspected)));
    }

    private List<Event.OfKey> differences(KeyObservation matter, int confirmations, Instant now) {
        Differences found =
                new Differences(matter, confirmations, settings.proof().grace());
        new Rotations(found).find();
        new Revocations(found).find();
        new Restorations(found).find();
        new Expiries(found).find(settings.expiryDays(), now);
        return found.events();
    }

    private static List<Object> ids(List<Event.OfKey> events) {
        return events.stream().<Object>map(event -> event.stamp().eventId()).toList();
    }
}
