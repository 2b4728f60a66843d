package io.keyward.console.api;

import io.keyward.ops.http.Access;
import io.keyward.ops.http.Endpoint;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import java.util.Optional;
import java.util.function.Function;

/// An address, and what answers there. Every caller may ask: a view of the replica can only be opened
/// for the caller.
///
/// @param elsewhere what a browser is shown for a path where nothing is, of the route at `/`
public record Route(
        String method,
        String path,
        String summary,
        Access access,
        Function<EndpointRequest, EndpointResponse> answer,
        Optional<Function<String, EndpointResponse>> elsewhere)
        implements Endpoint {
    public Route(String method, String path, String summary, Function<EndpointRequest, EndpointResponse> answer) {
        this(method, path, summary, Access.CALLERS, answer, Optional.empty());
    }

    public Route(String path, String summary, Function<EndpointRequest, EndpointResponse> answer) {
        this("GET", path, summary, answer);
    }

    /// The same for everybody: it tells nothing about a tenant.
    public Route forEverybody() {
        return new Route(method, path, summary, Access.EVERYBODY, answer, elsewhere);
    }

    public Route orElsewhere(Function<String, EndpointResponse> shown) {
        return new Route(method, path, summary, access, answer, Optional.of(shown));
    }

    @Override
    public EndpointResponse reply(EndpointRequest request) {
        return answer.apply(request);
    }

    @Override
    public Optional<EndpointResponse> replyToUnknownPath(String unknown) {
        return elsewhere.map(shown -> shown.apply(unknown));
    }
}
