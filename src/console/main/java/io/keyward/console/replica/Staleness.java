package io.keyward.console.replica;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/// How current and how complete an answer is.
///
/// @param asOf the newest record timestamp among what the answer is based on; [Instant#EPOCH] if nothing was read
/// @param decidedUpTo everything in the inputs at this time is decided, and the answer includes what follows from
///     it (R33); [Instant#EPOCH] if that is not known
/// @param position by topic and partition, such as `cmk.warnings-3`, the offset of the next record to be read;
///     empty for a caller who may not see all tenants
/// @param lag committed records that have not been read yet, and events that wait for the processor
/// @param complete whether nothing is missing
/// @param missing what is not fully known, one sentence each: missing partitions or partitions that are
///     not caught up, an open transaction that hides records, events that wait for the processor, rules
///     other than ours
public record Staleness(
        Instant asOf,
        Instant decidedUpTo,
        SortedMap<String, Long> position,
        long lag,
        boolean complete,
        List<String> missing) {
    /// How old a complete answer may be (R33).
    public static final Duration ALLOWED_AGE = Duration.ofSeconds(60);

    /// Whether it is known up to when the processor has decided.
    public boolean isDecided() {
        return !decidedUpTo.equals(Instant.EPOCH);
    }

    /// The same for a caller who may not see all tenants.
    Staleness withoutPosition() {
        return new Staleness(asOf, decidedUpTo, Collections.emptySortedMap(), lag, complete, missing);
    }

    /// The same with more sentences about what is not fully known.
    public Staleness with(List<String> moreMissing) {
        List<String> all = new ArrayList<>(missing);
        all.addAll(moreMissing);
        return new Staleness(asOf, decidedUpTo, position, lag, all.isEmpty(), List.copyOf(all));
    }
}
