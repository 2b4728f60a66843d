package io.keyward.ops.http;

import java.util.Optional;

/// Finds out who sends a request.
public interface Gate {
    /// Lets everybody in.
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
            throw new IllegalStateException("There are no strangers.");
        }
    };

    /// Whether it lets everybody in.
    default boolean isOpen() {
        return false;
    }

    /// Who sent the request; empty for a stranger.
    Optional<Caller> caller(EndpointRequest request);

    /// The response to a stranger, which says how to show who one is.
    EndpointResponse demand(EndpointRequest request);

    /// Is told of each answer.
    ///
    /// @param asked with the variables of the endpoint's path, and who asked
    /// @param path of the endpoint, with the names of its variables; empty if there is none
    default void answered(EndpointRequest asked, Optional<String> path, int status) {}
}
