package io.keyward.console.answer;

import io.keyward.console.replica.Freshness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// How far an answer reaches.
///
/// @param asOf the newest record timestamp among what the answer rests on; 1970-01-01T00:00:00Z if nothing was read
/// @param position by topic and partition, such as `cmk.warnings-3`, the offset of the next record to be read
/// @param lag committed records that were not read yet
/// @param complete whether nothing is missing
/// @param missing what is not wholly known, one sentence each
public record Extent(Instant asOf, SortedMap<String, Long> position, long lag, boolean complete, List<String> missing) {
    static Extent from(Freshness freshness) {
        SortedMap<String, Long> position = new TreeMap<>();
        freshness.position().forEach((partition, offset) -> position.put(partition.toString(), offset));
        return new Extent(freshness.asOf(), position, freshness.lag(), freshness.complete(), freshness.missing());
    }

    /// The same, and what else is not wholly known, one sentence each.
    Extent with(List<String> moreMissing) {
        if (moreMissing.isEmpty()) {
            return this;
        }
        List<String> all = new ArrayList<>(missing);
        all.addAll(moreMissing);
        return new Extent(asOf, position, lag, false, List.copyOf(all));
    }
}
