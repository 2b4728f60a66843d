package io.keyward.console.web;

import io.keyward.console.answer.DecisionInForce.ProtectedComponent;
import io.keyward.domain.event.Protection;
import java.util.ArrayList;
import java.util.List;

/// Components that are protected alike and for the same reason.
///
/// @param reason the rule, such as `R3`
record ComponentGroup(List<String> names, Protection protection, String reason) {
    /// The groups, in the order of their first components.
    static List<ComponentGroup> of(List<ProtectedComponent> components) {
        List<ComponentGroup> groups = new ArrayList<>();
        for (ProtectedComponent component : components) {
            ComponentGroup group = groups.stream()
                    .filter(other -> other.protection() == component.protection()
                            && other.reason().equals(component.reason()))
                    .findFirst()
                    .orElseGet(() -> {
                        groups.add(new ComponentGroup(new ArrayList<>(), component.protection(), component.reason()));
                        return groups.getLast();
                    });
            group.names().add(Words.of(component.component()));
        }
        return groups;
    }
}
