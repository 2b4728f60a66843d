package io.keyward.domain.decision;

import io.keyward.domain.event.Component;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/// All that is true of an environment by its facts: the decision, the open warnings and the suppressed sinks.
///
/// The collections belong to this record: callers must not change them afterwards.
///
/// @param suppressedSinks the sinks that are suppressed, since the environment was enabled (R14)
/// @param standing the environment's standing with its policy and its tenant's limit
/// @param whyAllowed the rule by which a sink that is not suppressed may receive data
/// @param dueAt the first moment after its as-of time at which the verdict may change without another event (R25)
/// @param rules the rules that contributed; used for explanations, never published or compared
/// @param enforcement what reports say of each component (R29); used for explanations, never published or
///     compared
public record Verdict(
        Decision decision,
        SortedMap<WarningCode, OpenWarning> openWarnings,
        SortedSet<String> suppressedSinks,
        Standing standing,
        Rule whyAllowed,
        Optional<Instant> dueAt,
        Set<Rule> rules,
        Map<Component, ComponentEnforcement> enforcement) {
    public Verdict {
        openWarnings = Collections.unmodifiableSortedMap(openWarnings);
        suppressedSinks = Collections.unmodifiableSortedSet(suppressedSinks);
        enforcement = Collections.unmodifiableMap(enforcement);
        rules = Collections.unmodifiableSet(rules);
    }

    /// The open warnings as decisions list them.
    public List<String> warningNames() {
        return Published.names(openWarnings.keySet());
    }

    /// Whether a warning of that code about that component is open (R30, R31).
    public boolean warnsOf(Component component, WarningCode code) {
        OpenWarning open = openWarnings.get(code);
        return open != null && open.subjects().contains(component.name());
    }

    /// The rule by which the suppressed sinks are suppressed.
    public Rule whySuppressed() {
        return standing == Standing.INVENTORY_UNKNOWN ? Rule.R4 : Rule.R14;
    }

    /// The names of the suppressed sinks, sorted.
    public List<String> sinkNames() {
        return List.copyOf(suppressedSinks);
    }
}
