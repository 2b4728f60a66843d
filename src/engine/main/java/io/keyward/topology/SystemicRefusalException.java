package io.keyward.topology;

/// So many records are refused, from so many sources, that the input cannot be at fault. The instance must
/// stop before it sends all input to the dead letters.
public final class SystemicRefusalException extends RuntimeException {
    SystemicRefusalException(String message) {
        super(message);
    }
}
