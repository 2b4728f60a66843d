package io.keyward.ops.http;

import java.util.Optional;

/// Authenticates the senders of requests.
public interface Gate {
    /// Accepts every request.
    Gate OPEN = new Gate() {
        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public Optional<Caller> caller(EndpointRequest request) {
            return Optional.of(Caller.ANYBODY);
        }

        @Override
        public EndpointResponse demand(EndpointRequest request) {
            throw new IllegalStateException("Every request is accepted.");
        }
    };

    /// Whether every request is accepted.
    default boolean isOpen() {
        return false;
    }

    /// Who sent the request; empty if unauthenticated.
    Optional<Caller> caller(EndpointRequest request);

    /// The response to an unauthenticated client, which explains how to authenticate.
    EndpointResponse demand(EndpointRequest request);

    /// Called after each response.
    ///
    /// @param request with the variables of the endpoint's path, and the caller
    /// @param path of the endpoint, with the names of its variables; empty if there is none
    default void answered(EndpointRequest request, Optional<String> path, int status) {}
}
