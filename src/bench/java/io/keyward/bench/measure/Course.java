package io.keyward.bench.measure;

/// How far a subject came, and what the second half of that took.
///
/// @param events how many it has worked off with all that follows from them; estimated where it was stopped
/// @param whole whether that is all of them: it was not stopped before
public record Course(long events, boolean whole, Usage secondHalf) {}
