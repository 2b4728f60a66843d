package io.keyward.registry.wire;

/// The bytes are not an Avro datum in Confluent's wire format, or name a schema that the registry does not
/// have. The message is one sentence and contains nothing of the payload.
public final class UnreadableException extends PayloadException {
    public UnreadableException(String message) {
        super(message);
    }

    public UnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
