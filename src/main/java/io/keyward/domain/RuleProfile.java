package io.keyward.domain;

import io.keyward.domain.id.Identifiers;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// A dated set of facts about the platform that the rules use (docs/domain.md, "Rule profiles"). It is read from
/// a data file.
///
/// @param name the profile's date, which every output names
/// @param sinks the sinks that must not receive data of an enabled environment (R14)
/// @param flowWarning the text of `FLOWS_ON_MICROSOFT_MANAGED_KEY` (R3)
public record RuleProfile(
        String name,
        SortedSet<String> sinks,
        ExistingFlows existingFlows,
        String flowWarning,
        Unlock unlock,
        Expiry expiry) {
    /// What the platform does with the flows that exist when an environment is enabled.
    public enum ExistingFlows {
        /// It leaves them on the Microsoft-managed key (R3).
        STAY,
        /// It migrates them to the customer's key (R3a).
        MIGRATE
    }

    /// What ends the wait after a lock (R21).
    public enum Unlock {
        /// A snapshot in which the runtime is enabled again.
        MANUAL,
        /// The restoration itself.
        AUTOMATIC
    }

    /// What the expiry of the version in force does (R23).
    public enum Expiry {
        LOCK,
        WARN
    }

    public RuleProfile {
        Identifiers.requireValid("profile name", name);
        sinks.forEach(sink -> Identifiers.requireValid("sink", sink));
        sinks = new TreeSet<>(sinks);
    }

    @Override
    public SortedSet<String> sinks() {
        return Collections.unmodifiableSortedSet(sinks);
    }
}
