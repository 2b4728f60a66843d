package io.keyward.client;

import io.keyward.decision.Warning;
import io.keyward.decision.WarningStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The incidents in the topic `warnings`, from its records in offset order. For one thread.
///
/// Records are ordered by offset and `sequence`, never by time. A record that was read before yields no notice.
final class FeedState {
    private final Map<String, Known> byKey = new HashMap<>();

    /// The last incident of a key, as far as it was read. A closed incident is kept to detect repeated records.
    private record Known(String incident, int sequence, boolean open) {
        boolean hasRead(Warning warning) {
            return incident.equals(warning.getIncident()) && warning.getSequence() <= sequence;
        }
    }

    /// Takes a record that is not a tombstone.
    ///
    /// @return its notices, in order
    List<Notice> read(String key, Warning warning) {
        Known before = byKey.get(key);
        if (before != null && before.hasRead(warning)) {
            return List.of();
        }
        boolean same = before != null && before.incident().equals(warning.getIncident());
        boolean wasOpen = before != null && before.open();
        boolean open = warning.getStatus() != WarningStatus.CLEARED;
        byKey.put(key, new Known(warning.getIncident(), warning.getSequence(), open));
        List<Notice> told = new ArrayList<>();
        if (wasOpen && !same) {
            told.add(closed(key, before));
        }
        if (open || wasOpen || !same) {
            Notice.Kind ofOpen = wasOpen && same ? Notice.Kind.UPDATED : Notice.Kind.OPENED;
            told.add(new Notice(
                    open ? ofOpen : Notice.Kind.CLOSED, id(key, warning.getIncident()), key, Optional.of(warning)));
        }
        return told;
    }

    /// Takes a tombstone. It closes an open incident; this is how an erasure ends it.
    ///
    /// @return its notices
    List<Notice> removed(String key) {
        Known before = byKey.remove(key);
        return before != null && before.open() ? List.of(closed(key, before)) : List.of();
    }

    private static Notice closed(String key, Known known) {
        return new Notice(Notice.Kind.CLOSED, id(key, known.incident()), key, Optional.empty());
    }

    private static String id(String key, String incident) {
        return key + "/" + incident;
    }
}
