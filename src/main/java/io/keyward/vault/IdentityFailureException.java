package io.keyward.vault;

/// There was no token, so no vault was called.
final class IdentityFailureException extends RuntimeException {
    private static final long serialVersionUID = 1;

    IdentityFailureException(RuntimeException cause) {
        super(cause);
    }
}
