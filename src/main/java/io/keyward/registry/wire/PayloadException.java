package io.keyward.registry.wire;

/// A record's bytes are definitely not what its topic holds; no repetition will change that.
public abstract sealed class PayloadException extends RuntimeException
        permits UnreadableException, WrongSchemaException {
    PayloadException(String message, Throwable cause) {
        super(message, cause);
    }

    PayloadException(String message) {
        super(message);
    }
}
