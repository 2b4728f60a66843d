package io.keyward.proof;

import io.keyward.domain.decision.Rule;
import java.util.Objects;
import java.util.Optional;

/// One difference between what is and what should be.
///
/// @param rule the rule that spoke for it, if one did
/// @param sentence what was expected, and what was found
public record Deviation(Optional<Rule> rule, String sentence) {
    private static final int SHOWN = 300;

    public static Deviation of(Rule rule, String sentence) {
        return new Deviation(Optional.of(rule), sentence);
    }

    /// In which way a value is not the expected one; empty if it is.
    static Optional<Deviation> between(String what, Object expected, Object found, Optional<Rule> rule) {
        return Objects.equals(expected, found)
                ? Optional.empty()
                : Optional.of(new Deviation(rule, sentence(what, expected, found)));
    }

    /// `what is expected …, found …`, with long values cut short; null and an empty [Optional] are none.
    public static String sentence(String what, Object expected, Object found) {
        return "%s: expected %s, found %s.".formatted(what, shown(expected), shown(found));
    }

    /// A value as a sentence shows it.
    public static String shown(Object value) {
        Object present = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        String text = present == null ? "none" : present.toString();
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }
}
