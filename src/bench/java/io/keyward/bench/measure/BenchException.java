package io.keyward.bench.measure;

/// A run that cannot go on, or whose figures could not be believed; the message says why, and where to look.
public final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BenchException(String message) {
        super(message);
    }

    public BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
