package io.keyward.app;

/// The cluster did not answer, or refused; the message names the address or the topic and what to do.
public final class TopicAdminException extends RuntimeException {
    TopicAdminException(String message, Throwable cause) {
        super(message, cause);
    }
}
