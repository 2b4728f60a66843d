package io.keyward.vault.watch;

import io.keyward.domain.event.Event;
import java.util.List;

/// The result of comparing facts and evidence.
///
/// @param proven the events to publish
/// @param suspicion whether more events would follow if further probes agreed with the last one
record Reconciliation(List<Event.OfKey> proven, boolean suspicion) {
    Reconciliation {
        proven = List.copyOf(proven);
    }
}
