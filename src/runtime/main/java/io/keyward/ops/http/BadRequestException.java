package io.keyward.ops.http;

/// The client's request cannot be answered. The message tells the client why, as a sentence.
public final class BadRequestException extends RuntimeException {
    public BadRequestException(String message) {
        super(message);
    }
}
