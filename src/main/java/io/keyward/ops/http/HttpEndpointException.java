package io.keyward.ops.http;

/// The HTTP endpoint cannot be opened; the message says where and what to do.
public final class HttpEndpointException extends RuntimeException {
    public HttpEndpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
