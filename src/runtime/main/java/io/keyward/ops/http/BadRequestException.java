package io.keyward.ops.http;

/// The client's request is invalid. The message explains why, as a sentence for the client.
public final class BadRequestException extends RuntimeException {
    public BadRequestException(String message) {
        super(message);
    }
}
