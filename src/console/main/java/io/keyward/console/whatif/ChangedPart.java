package io.keyward.console.whatif;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A part of what is published that is not as it was.
///
/// @param owner whose part it is, such as `Environment sales`
/// @param part which part, in words; with a component, what of the component
/// @param component the title of the component whose part it is; empty for a part of the whole
/// @param passing whether the next reports on components end it (R29), so that nobody has to undo it
record ChangedPart(String owner, String part, String component, String is, String was, boolean passing) {
    /// Whether at least one of the parts is among the first, and not among the second.
    static boolean mended(List<ChangedPart> first, List<ChangedPart> second) {
        Set<String> left = second.stream().map(ChangedPart::place).collect(Collectors.toSet());
        return first.stream().anyMatch(change -> !left.contains(change.place()));
    }

    private String place() {
        return owner + part + component;
    }

    /// What parts that differ alike are, without whose parts they are.
    ///
    /// @param alike at least one part; more than one are the same part of several components
    static String sentence(List<ChangedPart> alike) {
        ChangedPart first = alike.getFirst();
        int more = alike.size() - 1;
        return first.part
                + first.component
                + (more == 0 ? "" : " and %d more component%s".formatted(more, more == 1 ? "" : "s"))
                + " " + first.is + " instead of " + first.was;
    }

    /// What parts of one owner tell. It is the same for several components.
    record Told(String part, String is, String was, boolean ofComponent) {}

    Told told() {
        return new Told(part, is, was, !component.isEmpty());
    }
}
