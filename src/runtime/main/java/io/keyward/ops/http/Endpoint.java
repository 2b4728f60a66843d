package io.keyward.ops.http;

import java.util.Optional;

/// A resource that is served over HTTP.
public interface Endpoint {
    /// The only method that it accepts. An endpoint for `GET` also answers `HEAD`.
    default String method() {
        return "GET";
    }

    /// A path such as `/tenants/{tenant}/keys`. Each variable in braces matches one segment that is not empty.
    String path();

    /// A one-line description for the index.
    String summary();

    /// Who may use it.
    default Access access() {
        return Access.UNRESTRICTED;
    }

    /// Decides from what precedes the body whether a request is admitted. By default, all requests are.
    default RequestAdmission admit(EndpointRequest request) {
        return RequestAdmission.GRANTED;
    }

    /// Handles an admitted request on a virtual thread. A [BadRequestException] becomes status 400, any other
    /// exception status 500.
    EndpointResponse reply(EndpointRequest request);

    /// The response for callers who may not use the endpoint; by default, they get the usual refusal.
    default Optional<EndpointResponse> replyToDenied() {
        return Optional.empty();
    }

    /// The page for browsers at an unknown path; none by default. Called for the endpoint at `/` only.
    default Optional<EndpointResponse> replyToUnknownPath(String path) {
        return Optional.empty();
    }

    /// Whether to accept any `Host` and `Origin`, because each request must have a secret that no browser stores.
    /// Otherwise, requests that a page of another site makes a browser send are refused.
    default boolean acceptsAnyOrigin() {
        return false;
    }

    /// Called with the response status of every request to this path, including requests refused before [#reply].
    /// If several endpoints share the path, one of them is called.
    default void answered(int status) {}
}
