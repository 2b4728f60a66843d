package io.keyward.console.whatif;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A part of what is published that is not as it was.
///
/// @param part whose part, and which
/// @param passing whether the next reports on components end it (R29), so that nobody has to undo it
record ChangedPart(String part, String is, String was, boolean passing) {
    /// Whether at least one of the parts is among the first, and not among the second.
    static boolean mended(List<ChangedPart> first, List<ChangedPart> second) {
        Set<String> left = second.stream().map(ChangedPart::part).collect(Collectors.toSet());
        return first.stream().anyMatch(change -> !left.contains(change.part()));
    }

    String sentence() {
        return part + " is " + is + " instead of " + was + ".";
    }
}
