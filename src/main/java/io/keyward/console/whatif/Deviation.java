package io.keyward.console.whatif;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A part of what is published that is not as it was.
///
/// @param part whose part, and which
record Deviation(String part, String is, String was) {
    /// Whether at least one of the parts is among the first, and not among the second.
    static boolean mended(List<Deviation> first, List<Deviation> second) {
        Set<String> parts = parts(first);
        parts.removeAll(parts(second));
        return !parts.isEmpty();
    }

    private static Set<String> parts(List<Deviation> deviations) {
        return deviations.stream().map(Deviation::part).collect(Collectors.toCollection(HashSet::new));
    }

    String sentence() {
        return part + " is " + is + " instead of " + was + ".";
    }
}
