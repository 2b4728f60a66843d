package io.keyward.console.answer;

import io.keyward.console.replica.Deadline;
import io.keyward.console.replica.DeadlineGroup;
import io.keyward.domain.event.Component;
import java.util.List;

/// Something that falls due at a known time.
///
/// @param group its fields and those of its date stand beside those of the entry. Of components that become late, the
///     key is the one that they should be under; empty for the Microsoft-managed key
/// @param components those that become late; empty for the other kinds
/// @param title what changes, in a few words
/// @param sentence what changes, for an administrator
public record DeadlineEntry(DeadlineGroup group, List<Component> components, String title, String sentence) {
    public Deadline due() {
        return group.due();
    }
}
