package io.keyward.topology;

/// Thrown when so many records from so many sources are refused that the input cannot be the cause. The instance
/// must stop before it sends all input to the topic `dead-letters`.
public final class SystemicRefusalException extends RuntimeException {
    SystemicRefusalException(String message) {
        super(message);
    }
}
