package io.keyward.console.replica;

/// The replica cannot continue. The message says what an operator can do.
public final class ReplicaException extends RuntimeException {
    public ReplicaException(String message, Throwable cause) {
        super(message, cause);
    }
}
