package io.keyward.domain.fact;

import io.keyward.domain.event.Component;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.PartName;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// All reports on one environment that count: facts that merge in any order (R28; docs/domain.md, "Facts").
///
/// @param components by component; a component that never reported is missing
public record Reports(Map<Component, ComponentReports> components) {
    /// Nothing reported.
    public static final Reports NONE = new Reports(Map.of());

    public Reports {
        Map<Component, ComponentReports> ordered = new EnumMap<>(Component.class);
        ordered.putAll(components);
        components = Collections.unmodifiableMap(ordered);
    }

    /// What is known of a component.
    public ComponentReports of(Component component) {
        return components.getOrDefault(component, ComponentReports.NONE);
    }

    /// The latest time of a report; [Instant#MIN] if there is none.
    public Instant latest() {
        return components.values().stream()
                .flatMap(component -> component.parts().values().stream())
                .map(part -> part.latest().at())
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    /// These reports after an event; equal to `this` if it changes nothing. A purge or a reset voids the reports
    /// up to its time.
    ///
    /// @param facts the facts of the environment, with that of the event
    public Reports with(Event.OfEnvironment event, EnvironmentFacts facts) {
        return switch (event) {
            case Event.EnforcementReported e -> with(e, facts.voidUpTo());
            case Event.EnvironmentChanged _ -> facts.voidUpTo().map(this::after).orElse(this);
            case Event.PolicyApplied _, Event.PolicyRemoved _ -> this;
        };
    }

    private Reports with(Event.EnforcementReported event, Optional<Instant> voidUpTo) {
        ComponentReports before = of(event.component());
        boolean isVoid =
                voidUpTo.filter(moment -> !event.occurredAt().isAfter(moment)).isPresent();
        TreeSet<PartName> named = new TreeSet<>(event.parts());
        named.add(event.part());
        ComponentReports after = isVoid
                ? before.noted(event.part())
                : before.with(event.part(), new PartReports.Stated(event.stamp(), event.report()), named);
        if (after.equals(before)) {
            return this;
        }
        Map<Component, ComponentReports> all = new EnumMap<>(Component.class);
        all.putAll(components);
        all.put(event.component(), after);
        return new Reports(all);
    }

    private Reports after(Instant moment) {
        Map<Component, ComponentReports> kept = new EnumMap<>(Component.class);
        components.forEach((component, reports) -> kept.put(component, reports.after(moment)));
        return new Reports(kept);
    }
}
