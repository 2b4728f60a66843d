package io.keyward.console.answer;

import io.keyward.console.replica.DueDate;
import io.keyward.domain.event.Component;
import java.util.List;

/// Something that falls due at a known time.
///
/// @param due its fields stand beside those of the entry. Of components that become late, its key is the one that
///     they should be under; empty for the Microsoft-managed key
/// @param components those that become late; empty for the other kinds
/// @param sentence what falls due, for an administrator
public record DueDateEntry(DueDate due, List<Component> components, String sentence) {}
