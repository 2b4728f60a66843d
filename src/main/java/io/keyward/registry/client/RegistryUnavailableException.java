package io.keyward.registry.client;

/// No answer that settles the question: unreachable, too slow, overloaded, broken or closed to us. Try again; it says
/// nothing about any schema, so no record may be refused because of it.
public final class RegistryUnavailableException extends RegistryException {
    public RegistryUnavailableException(String message) {
        super(message);
    }

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
