package io.keyward.console.replica;

import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Optional;

/// Which due dates a page shows: those that meet every given condition.
///
/// @param from the first time
/// @param before the time that all are before
/// @param after the cursor of the previous page
/// @param limit the most entries of the page, at least 1
public record DeadlineQuery(
        Optional<TenantId> tenant,
        Optional<Deadline.Kind> kind,
        Instant from,
        Instant before,
        Optional<String> after,
        int limit) {}
