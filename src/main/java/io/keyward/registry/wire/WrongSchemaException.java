package io.keyward.registry.wire;

/// The bytes are Avro, but of a schema that is none of the expected ones or does not resolve to the one of its name.
/// The message is one sentence and holds nothing of the payload.
public final class WrongSchemaException extends PayloadException {
    public WrongSchemaException(String message) {
        super(message);
    }

    public WrongSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
