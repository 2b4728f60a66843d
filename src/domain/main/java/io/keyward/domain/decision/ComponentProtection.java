package io.keyward.domain.decision;

import io.keyward.domain.event.Protection;
import java.util.EnumMap;
import java.util.Map;

/// How a component is protected, and by which rule.
public record ComponentProtection(Protection protection, Rule reason) {
    private static final Map<Protection, Map<Rule, ComponentProtection>> ALL = new EnumMap<>(Protection.class);

    static {
        for (Protection protection : Protection.values()) {
            Map<Rule, ComponentProtection> byRule = new EnumMap<>(Rule.class);
            for (Rule rule : Rule.values()) {
                byRule.put(rule, new ComponentProtection(protection, rule));
            }
            ALL.put(protection, byRule);
        }
    }

    /// Always the same object for the same values: every decision has one for each component.
    public static ComponentProtection of(Protection protection, Rule reason) {
        return ALL.get(protection).get(reason);
    }
}
