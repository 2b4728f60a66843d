package io.keyward.proof.reshard;

/// An application cannot be moved; the message says why, and what to do about it.
public final class ReshardException extends RuntimeException {
    ReshardException(String message) {
        super(message);
    }

    ReshardException(String message, Throwable cause) {
        super(message, cause);
    }
}
