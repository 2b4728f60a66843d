package io.keyward.console.answer;

import io.keyward.console.replica.Answer;
import io.keyward.console.replica.Staleness;
import java.util.List;
import java.util.Optional;

/// What falls due, by kind, and within a kind in the order of time. What keeps one version of a key until one day
/// is one entry, without an environment if there are several.
///
/// @param next the cursor for `after` of the next page; empty at the end of the list
public record DeadlineList(List<DeadlineEntry> deadlines, Optional<String> next, Staleness extent) implements Answer {}
