package io.keyward.ops.http;

/// The HTTP endpoint cannot start; the message says why and what to do.
public final class HttpEndpointException extends RuntimeException {
    public HttpEndpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
