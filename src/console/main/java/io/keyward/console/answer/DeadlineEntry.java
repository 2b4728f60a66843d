package io.keyward.console.answer;

import io.keyward.console.replica.Deadline;
import io.keyward.console.replica.DeadlineGroup;
import io.keyward.domain.event.Component;
import java.util.List;

/// A deadline, in words.
///
/// @param group its fields and those of its deadline are written beside those of the entry. For components that
///     become late, the key is the one that they should be under; empty for the Microsoft-managed key
/// @param components the components that become late; empty for the other kinds
/// @param title what changes, in a few words
/// @param sentence what changes, for an administrator
public record DeadlineEntry(DeadlineGroup group, List<Component> components, String title, String sentence) {
    public Deadline due() {
        return group.due();
    }
}
