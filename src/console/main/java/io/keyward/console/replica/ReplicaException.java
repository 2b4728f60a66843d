package io.keyward.console.replica;

/// The replica cannot go on; the message says what an operator can do.
public final class ReplicaException extends RuntimeException {
    public ReplicaException(String message, Throwable cause) {
        super(message, cause);
    }
}
