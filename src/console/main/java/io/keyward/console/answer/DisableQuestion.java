package io.keyward.console.answer;

import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.Optional;

/// Asks whether a key may be disabled.
///
/// @param key without a version the whole key
/// @param moment the time that the answer is for
/// @param after the cursor of the previous page of environments
/// @param limit the most environments of the page, at least 1
public record DisableQuestion(KeyReference key, Instant moment, Optional<String> after, int limit) {}
