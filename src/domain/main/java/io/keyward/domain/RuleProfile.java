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
        Expiry expiry,
        Evidence evidence,
        OauthConnections oauthConnections) {
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

    /// How enforcement reports are used (R32).
    public enum Evidence {
        /// Reports are kept; nothing that is published depends on them.
        IGNORE,

        /// Decisions and warnings publish what reports show.
        REPORT,

        /// As REPORT; and a component is under the customer's key only if reports show it.
        REQUIRE
    }

    /// What is claimed of OAuth connections under a customer's key (R5).
    public enum OauthConnections {
        /// That they are encrypted with it.
        CUSTOMER_MANAGED,

        /// Nothing, unless reports prove it where evidence is required: their settings and metadata may stay on
        /// the Microsoft-managed key.
        UNDETERMINED
    }

    public RuleProfile {
        Identifiers.parse("profile name", name);
        sinks.forEach(sink -> Identifiers.parse("sink", sink));
        sinks = Collections.unmodifiableSortedSet(new TreeSet<>(sinks));
    }

    /// The same profile with another use of enforcement reports.
    public RuleProfile with(Evidence other) {
        return new RuleProfile(name, sinks, existingFlows, flowWarning, unlock, expiry, other, oauthConnections);
    }
}
