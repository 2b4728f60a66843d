package io.keyward.console.answer;

import io.keyward.console.replica.Answer;
import io.keyward.console.replica.Staleness;
import java.util.List;
import java.util.Optional;

/// Deadlines, by kind and then by time. The ends of retention of one key version on one day are one entry,
/// without an environment if it concerns several.
///
/// @param next the cursor for `after` of the next page; empty at the end of the list
public record DeadlineList(List<DeadlineEntry> deadlines, Optional<String> next, Staleness staleness)
        implements Answer {}
