package io.keyward.topology.contract;

import io.keyward.domain.RuleProfile;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/// The rule profiles of Keyward, `profiles/*.yaml` (docs/domain.md, "Rule profiles").
public final class RuleProfiles {
    /// The profile that applies if none is configured.
    public static final String DEFAULT = "2024-07-23";

    private static final List<String> NAMES = List.of(DEFAULT, "2024-07-30", "2024-10-08", "2025-05-21", "2025-06-09");

    private record File(
            SortedMap<String, String> sinks,
            RuleProfile.ExistingFlows existingFlows,
            String flowWarning,
            RuleProfile.Unlock unlock,
            RuleProfile.Expiry expiry,
            RuleProfile.Evidence evidence,
            RuleProfile.OauthConnections oauthConnections) {}

    private RuleProfiles() {}

    /// The names of all profiles, oldest first.
    public static List<String> names() {
        return NAMES;
    }

    /// Loads the profile with this name; empty if there is none.
    public static Optional<RuleProfile> named(String name) {
        return NAMES.contains(name) ? Optional.of(profile(name)) : Optional.empty();
    }

    /// A one-sentence description of each sink of a profile.
    ///
    /// @param name one of [#names]
    public static SortedMap<String, String> sinks(String name) {
        return load(name).sinks();
    }

    private static RuleProfile profile(String name) {
        File read = load(name);
        return new RuleProfile(
                name,
                new TreeSet<>(read.sinks().keySet()),
                read.existingFlows(),
                read.flowWarning(),
                read.unlock(),
                read.expiry(),
                read.evidence(),
                read.oauthConnections());
    }

    private static File load(String name) {
        return YamlResource.read("/profiles/" + name + ".yaml", File.class);
    }
}
