package io.keyward.ops.http;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// An endpoint that consists of a path and a function. By default, every authenticated caller may use it, and the
/// response contains only what that caller may know.
///
/// @param denied the response for callers who may not use the route
/// @param elsewhere the page for browsers at unknown paths; only for the route at `/`
public record Route(
        String method,
        String path,
        String summary,
        Access access,
        Function<EndpointRequest, EndpointResponse> answer,
        Optional<Supplier<EndpointResponse>> denied,
        Optional<Function<String, EndpointResponse>> elsewhere)
        implements Endpoint {
    public Route(String method, String path, String summary, Function<EndpointRequest, EndpointResponse> answer) {
        this(method, path, summary, Access.CALLERS, answer, Optional.empty(), Optional.empty());
    }

    public Route(String path, String summary, Function<EndpointRequest, EndpointResponse> answer) {
        this("GET", path, summary, answer);
    }

    /// A copy for everyone: it reveals nothing about a tenant.
    public Route forEverybody() {
        return with(Access.EVERYBODY);
    }

    /// A copy for callers who may know about all tenants.
    public Route forUnrestricted() {
        return with(Access.UNRESTRICTED);
    }

    private Route with(Access others) {
        return new Route(method, path, summary, others, answer, denied, elsewhere);
    }

    /// A copy with another response for callers who may not use it.
    public Route orToDenied(Supplier<EndpointResponse> shown) {
        return new Route(method, path, summary, access, answer, Optional.of(shown), elsewhere);
    }

    /// A copy of the route at `/`, with a page for browsers at unknown paths.
    public Route orElsewhere(Function<String, EndpointResponse> shown) {
        return new Route(method, path, summary, access, answer, denied, Optional.of(shown));
    }

    /// A copy with another function.
    public Route answeredBy(Function<EndpointRequest, EndpointResponse> other) {
        return new Route(method, path, summary, access, other, denied, elsewhere);
    }

    @Override
    public EndpointResponse reply(EndpointRequest request) {
        return answer.apply(request);
    }

    @Override
    public Optional<EndpointResponse> replyToDenied() {
        return denied.map(Supplier::get);
    }

    @Override
    public Optional<EndpointResponse> replyToUnknownPath(String unknown) {
        return elsewhere.map(shown -> shown.apply(unknown));
    }
}
