package io.keyward.bench.measure;

/// A run that cannot continue or whose figures would be wrong; the message says why.
public final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BenchException(String message) {
        super(message);
    }

    public BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
