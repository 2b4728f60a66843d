package io.keyward.console.answer;

import io.keyward.console.replica.DueDate;
import io.keyward.domain.event.Component;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Something that falls due at a known time.
///
/// @param environmentId empty for the expiry of a key
/// @param key the key or version that it concerns; empty where it concerns none
/// @param components those that become late; empty for the other kinds
/// @param sentence what falls due, for an administrator
public record DueDateEntry(
        Instant at,
        DueDate.Kind kind,
        String tenantId,
        Optional<String> environmentId,
        Optional<NamedKey> key,
        List<Component> components,
        String sentence) {}
