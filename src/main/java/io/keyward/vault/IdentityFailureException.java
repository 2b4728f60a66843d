package io.keyward.vault;

/// No token could be had, so no vault was asked.
final class IdentityFailureException extends RuntimeException {
    private static final long serialVersionUID = 1;

    IdentityFailureException(RuntimeException cause) {
        super(cause);
    }
}
