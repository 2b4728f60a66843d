package io.keyward.topology;

/// So much is refused, from so many sides, that the fault is not the input's: the instance has to stop before it sends
/// everything to the dead letters.
public final class SystemicRefusalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SystemicRefusalException(String message) {
        super(message);
    }
}
