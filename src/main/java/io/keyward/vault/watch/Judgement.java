package io.keyward.vault.watch;

import io.keyward.domain.Event;
import java.util.List;

/// What follows from a comparison of facts and evidence.
///
/// @param proven the events that are to be published
/// @param suspicion whether more would follow if further probes agreed with the last one
record Judgement(List<Event.OfKey> proven, boolean suspicion) {
    Judgement {
        proven = List.copyOf(proven);
    }
}
