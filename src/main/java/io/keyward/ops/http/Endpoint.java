package io.keyward.ops.http;

import java.util.Optional;

/// A resource that is served over HTTP.
public interface Endpoint {
    /// The only method that it accepts. An endpoint for `GET` answers `HEAD`, too.
    default String method() {
        return "GET";
    }

    /// A path such as `/tenants/{tenant}/keys`. Each variable in braces stands for one segment that is not empty.
    String path();

    /// A description for the index, in one line.
    String summary();

    /// Runs on a virtual thread for each request. A [BadRequestException] becomes status 400, any other exception
    /// status 500.
    EndpointResponse reply(EndpointRequest request);

    /// The response for clients without the required token; none by default.
    default Optional<EndpointResponse> replyToStranger() {
        return Optional.empty();
    }
}
