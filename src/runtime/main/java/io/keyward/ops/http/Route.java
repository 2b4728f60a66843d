package io.keyward.ops.http;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// An address, and the function that answers there. Unless it says otherwise, every caller may ask: the answer holds
/// only what that caller may know.
///
/// @param strangers the response for callers who may not ask it
/// @param elsewhere what a browser is shown for a path where nothing is, of the route at `/`
public record Route(
        String method,
        String path,
        String summary,
        Access access,
        Function<EndpointRequest, EndpointResponse> answer,
        Optional<Supplier<EndpointResponse>> strangers,
        Optional<Function<String, EndpointResponse>> elsewhere)
        implements Endpoint {
    public Route(String method, String path, String summary, Function<EndpointRequest, EndpointResponse> answer) {
        this(method, path, summary, Access.CALLERS, answer, Optional.empty(), Optional.empty());
    }

    public Route(String path, String summary, Function<EndpointRequest, EndpointResponse> answer) {
        this("GET", path, summary, answer);
    }

    /// The same for everybody: it tells nothing about a tenant.
    public Route forEverybody() {
        return with(Access.EVERYBODY);
    }

    /// The same for those who may know about all tenants.
    public Route forUnrestricted() {
        return with(Access.UNRESTRICTED);
    }

    private Route with(Access others) {
        return new Route(method, path, summary, others, answer, strangers, elsewhere);
    }

    /// The same with another answer for callers who may not ask it.
    public Route orToStrangers(Supplier<EndpointResponse> shown) {
        return new Route(method, path, summary, access, answer, Optional.of(shown), elsewhere);
    }

    /// The same for the route at `/`, with what a browser is shown for a path where nothing is.
    public Route orElsewhere(Function<String, EndpointResponse> shown) {
        return new Route(method, path, summary, access, answer, strangers, Optional.of(shown));
    }

    /// The same with another function that answers.
    public Route answeredBy(Function<EndpointRequest, EndpointResponse> other) {
        return new Route(method, path, summary, access, other, strangers, elsewhere);
    }

    @Override
    public EndpointResponse reply(EndpointRequest request) {
        return answer.apply(request);
    }

    @Override
    public Optional<EndpointResponse> replyToStranger() {
        return strangers.map(Supplier::get);
    }

    @Override
    public Optional<EndpointResponse> replyToUnknownPath(String unknown) {
        return elsewhere.map(shown -> shown.apply(unknown));
    }
}
