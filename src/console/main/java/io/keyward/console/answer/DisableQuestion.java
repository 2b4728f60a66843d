package io.keyward.console.answer;

import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.Optional;

/// The question whether a key may be disabled.
///
/// @param key without a version it is the whole key
/// @param moment the time for which it is answered
/// @param after the cursor of the previous page of environments
/// @param limit the maximum number of environments on the page, at least 1
public record DisableQuestion(KeyReference key, Instant moment, Optional<String> after, int limit) {}
