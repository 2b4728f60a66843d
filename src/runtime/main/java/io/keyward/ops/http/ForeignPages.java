package io.keyward.ops.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Refuses requests that a page of another site can make a browser send.
///
/// @param hosts the only accepted host names; empty for any. A page whose host name has been pointed at this
///     machine (DNS rebinding) sends its own host.
record ForeignPages(Set<String> hosts) {
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Set<String> OWN = Set.of("same-origin", "none");

    /// The response that refuses a request; empty if no other site is behind it.
    Optional<EndpointResponse> refusal(EndpointRequest request) {
        if (request.header("host").filter(host -> !isAccepted(host)).isPresent()) {
            return Optional.of(EndpointResponse.problem(
                    421, "This endpoint answers only requests to localhost; a proxy must send Host: localhost."));
        }
        return !READING.contains(request.method()) && isFromAnotherSite(request)
                ? Optional.of(EndpointResponse.problem(403, "Pages of another site may not send requests."))
                : Optional.empty();
    }

    private boolean isAccepted(String host) {
        return hosts.isEmpty() || hosts.contains(host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT));
    }

    /// Browsers send the source of a request in `Sec-Fetch-Site`, but over plain HTTP only in `Origin`. Other
    /// clients send neither.
    private static boolean isFromAnotherSite(EndpointRequest request) {
        return request.header("sec-fetch-site")
                .map(site -> !OWN.contains(site))
                .or(() -> request.header("origin")
                        .map(origin -> !isOf(origin, request.header("host").orElse(""))))
                .orElse(false);
    }

    private static boolean isOf(String origin, String host) {
        return origin.replaceFirst("^https?://", "").equalsIgnoreCase(host);
    }
}
