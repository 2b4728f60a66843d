package io.keyward.ops.http;

import java.util.Optional;

/// Something to be read over HTTP, under one path.
public interface Endpoint {
    /// Where it is, from the root.
    String path();

    /// What it shows, as a line of the index.
    String summary();

    /// Called on a thread of its own for each request; a failure is answered with status 500.
    EndpointResponse reply(EndpointRequest request);

    /// What those may see who do not show the token that the endpoint asks for; by default nothing.
    default Optional<EndpointResponse> replyToStranger() {
        return Optional.empty();
    }
}
