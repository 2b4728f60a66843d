package io.keyward.sandbox.http;

/// A request that cannot be read; the message says why.
public final class BadRequestException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadRequestException(String message, Throwable cause) {
        super(message, cause);
    }
}
