package io.keyward.registry.wire;

/// A record does not fit its topic. A retry would fail in the same way.
public abstract sealed class PayloadException extends RuntimeException
        permits UnreadableException, WrongSchemaException {
    PayloadException(String message, Throwable cause) {
        super(message, cause);
    }

    PayloadException(String message) {
        super(message);
    }
}
