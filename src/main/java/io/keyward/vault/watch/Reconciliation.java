package io.keyward.vault.watch;

import io.keyward.domain.event.Event;
import java.util.List;

/// What follows from a comparison of facts and evidence.
///
/// @param proven the events that are to be published
/// @param suspicion whether more would follow if further probes agreed with the last one
record Reconciliation(List<Event.OfKey> proven, boolean suspicion) {
    Reconciliation {
        proven = List.copyOf(proven);
    }
}
