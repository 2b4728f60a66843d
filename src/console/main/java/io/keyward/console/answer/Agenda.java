package io.keyward.console.answer;

import java.time.Instant;
import java.util.List;

/// What falls due, as a calendar shows it.
///
/// @param entries the deletions, and then the rest in the order of time. What keeps one version of a key until one day
///     is one entry, without an environment if there are several
/// @param leftOut how many due dates there are beside these
public record Agenda(List<DueDateEntry> entries, long leftOut, Instant asOf) {}
