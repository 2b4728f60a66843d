package io.keyward.cluster;

import java.util.Optional;

/// The cluster did not answer or rejected a request. The message names the address or topic and what to do.
public final class ClusterException extends RuntimeException {
    private final String needed;

    public ClusterException(String message) {
        this(message, null);
    }

    public ClusterException(String message, Throwable cause) {
        this(message, cause, null);
    }

    ClusterException(String message, Throwable cause, String needed) {
        super(message, cause);
        this.needed = needed;
    }

    /// The operation that was denied, such as `READ on the topic a`; empty for other failures.
    public Optional<String> needed() {
        return Optional.ofNullable(needed);
    }
}
