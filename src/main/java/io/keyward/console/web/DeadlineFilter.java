package io.keyward.console.web;

import io.keyward.ops.http.EndpointRequest;
import java.util.Optional;

/// Which deadlines a page shows, as texts from the address; empty for what was not asked.
///
/// @param before a day
/// @param after the cursor of the page before
record DeadlineFilter(String tenant, String before, Optional<String> after) {
    static DeadlineFilter of(EndpointRequest request) {
        return new DeadlineFilter(
                request.parameter("tenant").orElse("").strip(),
                request.parameter("before").orElse(""),
                request.parameter("after").filter(cursor -> !cursor.isEmpty()));
    }

    String first() {
        return next("");
    }

    String next(String cursor) {
        return Links.to("/deadlines", "tenant", tenant, "before", before, "after", cursor);
    }
}
