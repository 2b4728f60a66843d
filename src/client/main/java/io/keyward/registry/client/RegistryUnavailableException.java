package io.keyward.registry.client;

/// The registry gave no usable answer: it is unreachable, too slow, overloaded or faulty, or it denies access.
/// A retry may succeed. This says nothing about any schema, so no record may be refused because of it.
public final class RegistryUnavailableException extends RegistryException {
    public RegistryUnavailableException(String message) {
        super(message);
    }

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
