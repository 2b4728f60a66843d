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

    /// Who may ask it.
    default Access access() {
        return Access.UNRESTRICTED;
    }

    /// Whether a request may send its body and is answered, by what it has sent before its body. All may by default.
    default RequestAdmission admit(EndpointRequest request) {
        return RequestAdmission.GRANTED;
    }

    /// Runs on a virtual thread for each admitted request. A [BadRequestException] becomes status 400, any other
    /// exception status 500.
    EndpointResponse reply(EndpointRequest request);

    /// The response for callers who may not ask it; none by default.
    default Optional<EndpointResponse> replyToStranger() {
        return Optional.empty();
    }

    /// What a browser shows for a path that no endpoint has. Only the endpoint at `/` is asked; nothing by default.
    default Optional<EndpointResponse> replyToUnknownPath(String path) {
        return Optional.empty();
    }

    /// Whether any `Host` and `Origin` may be sent, because each request must show a secret that no browser keeps.
    /// Otherwise, requests that a page of another site makes a browser send are refused.
    default boolean acceptsAnyOrigin() {
        return false;
    }

    /// Is told the status of each answer at its path, also where the request was refused before [#reply]. Of several
    /// endpoints at a path one is told.
    default void answered(int status) {}
}
