package io.keyward.cluster;

/// The cluster did not answer, or refused; the message names the address or the topic and what to do.
public final class ClusterException extends RuntimeException {
    public ClusterException(String message) {
        super(message);
    }

    public ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
