package io.keyward.registry.client;

/// The schema registry did not do what was asked. The subtype says whether a retry can succeed.
public abstract sealed class RegistryException extends RuntimeException
        permits RegistryUnavailableException, RegistryRefusalException {
    RegistryException(String message, Throwable cause) {
        super(message, cause);
    }

    RegistryException(String message) {
        super(message);
    }
}
