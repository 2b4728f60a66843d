package io.keyward.console.web;

import io.keyward.ops.http.EndpointRequest;
import java.util.Optional;

/// What the page of a key was asked, as texts from the address; empty for what was not asked.
///
/// @param asked whether the answer is wanted, and not only the form
/// @param version empty for the whole key
/// @param at a day; empty for now
/// @param after the cursor of the users before
record DisableQuestion(boolean asked, String version, String at, Optional<String> after) {
    static DisableQuestion of(EndpointRequest request) {
        return new DisableQuestion(
                request.parameter("ask").filter("disable"::equals).isPresent(),
                request.parameter("version").orElse(""),
                request.parameter("at").orElse(""),
                request.parameter("after").filter(cursor -> !cursor.isEmpty()));
    }
}
