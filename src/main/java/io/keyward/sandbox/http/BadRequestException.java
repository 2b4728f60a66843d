package io.keyward.sandbox.http;

/// A malformed request. The message says why.
public final class BadRequestException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadRequestException(String message, Throwable cause) {
        super(message, cause);
    }
}
