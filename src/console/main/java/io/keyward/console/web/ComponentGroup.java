package io.keyward.console.web;

import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.Decision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Components with the same protection for the same reason.
record ComponentGroup(List<String> names, ComponentProtection held) {
    /// The groups, in the order of their first components.
    static List<ComponentGroup> of(Decision decision) {
        Map<ComponentProtection, List<String>> names = new LinkedHashMap<>();
        decision.components()
                .forEach((component, held) ->
                        names.computeIfAbsent(held, _ -> new ArrayList<>()).add(component.title()));
        return names.entrySet().stream()
                .map(group -> new ComponentGroup(group.getValue(), group.getKey()))
                .toList();
    }
}
