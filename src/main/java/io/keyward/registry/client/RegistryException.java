package io.keyward.registry.client;

/// A schema registry did not do what was asked; the subtype says whether asking again can help.
public abstract sealed class RegistryException extends RuntimeException
        permits RegistryUnavailableException, RegistryRefusalException {
    RegistryException(String message, Throwable cause) {
        super(message, cause);
    }

    RegistryException(String message) {
        super(message);
    }
}
