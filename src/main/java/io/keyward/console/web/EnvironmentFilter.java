package io.keyward.console.web;

import io.keyward.console.answer.EnvironmentList;
import io.keyward.ops.http.EndpointRequest;
import java.util.Optional;

/// What a list of environments was asked for, as texts from the address; empty for what was not asked.
///
/// @param path the page that shows the list
/// @param after the cursor of the page before
record EnvironmentFilter(
        String path, String text, String state, String status, String warning, String tenant, Optional<String> after) {
    static EnvironmentFilter of(String path, EndpointRequest request) {
        return new EnvironmentFilter(
                path,
                request.parameter("q").orElse("").strip(),
                request.parameter("state").orElse(""),
                request.parameter("status").orElse(""),
                request.parameter("warning").orElse(""),
                request.parameter("tenant").orElse("").strip(),
                request.parameter("after").filter(cursor -> !cursor.isEmpty()));
    }

    /// The address of the first page.
    String first() {
        return next("");
    }

    /// The address of the page after a cursor.
    String next(String cursor) {
        return Links.to(
                path, "q", text, "state", state, "status", status, "warning", warning, "tenant", tenant, "after",
                cursor);
    }

    /// What was found, in a sentence.
    String summary(EnvironmentList found) {
        int size = found.environments().size();
        if (found.next().isPresent()) {
            return size == 0
                    ? "None matches among those looked at so far; there are more."
                    : (size == 1 ? "1 environment" : size + " environments") + " on this page; there are more.";
        }
        return size == 0
                ? (after.isPresent() ? "No further environment matches." : "No environment matches.")
                : (size == 1 ? "1 environment" : size + " environments")
                        + (after.isPresent() ? " on this last page." : ".");
    }
}
