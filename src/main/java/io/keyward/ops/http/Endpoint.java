package io.keyward.ops.http;

import java.util.Optional;

/// A resource with one path, read over HTTP.
public interface Endpoint {
    String path();

    /// A description for the index, in one line.
    String summary();

    /// Runs on a virtual thread for each request. An exception becomes status 500.
    EndpointResponse reply(EndpointRequest request);

    /// The response for clients without the required token; none by default.
    default Optional<EndpointResponse> replyToStranger() {
        return Optional.empty();
    }
}
