package io.keyward.console.replica;

import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Optional;

/// Selects the deadlines of a page: those that meet every given condition.
///
/// @param from the earliest time, inclusive
/// @param before the latest time, exclusive
/// @param after the cursor of the previous page
/// @param limit the maximum number of entries on the page, at least 1
public record DeadlineQuery(
        Optional<TenantId> tenant,
        Optional<Deadline.Kind> kind,
        Instant from,
        Instant before,
        Optional<String> after,
        int limit) {}
