package io.keyward.registry.wire;

/// The bytes are Avro, but their schema is not one of the expected schemas, or does not resolve to the expected
/// schema of its name. The message is one sentence and contains nothing of the payload.
public final class WrongSchemaException extends PayloadException {
    public WrongSchemaException(String message) {
        super(message);
    }

    public WrongSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
