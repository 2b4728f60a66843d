package io.keyward.vault;

/// No token was available, so no vault was called.
final class IdentityFailureException extends RuntimeException {
    private static final long serialVersionUID = 1;

    IdentityFailureException(RuntimeException cause) {
        super(cause);
    }
}
