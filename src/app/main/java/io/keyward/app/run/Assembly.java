package io.keyward.app.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/// The parts that an object is assembled from, or was assembled from, and that end with it.
public final class Assembly implements AutoCloseable {
    private final Deque<AutoCloseable> made = new ArrayDeque<>();

    /// Assembles an object. If a part fails, those before it are closed in reverse order, even if closing another one
    /// fails. Then the failure is thrown; failures to close are added to it as suppressed.
    public static <T> T assemble(Function<Assembly, T> steps) {
        Assembly made = new Assembly();
        try {
            return steps.apply(made);
        } catch (RuntimeException | Error failure) {
            made.closeAll(failure);
            throw failure;
        }
    }

    public <T extends AutoCloseable> T add(T part) {
        return add(part, part);
    }

    /// Adds a part that is closed in its own way.
    ///
    /// @param end closes the part
    public <T> T add(T part, AutoCloseable end) {
        made.push(end);
        return part;
    }

    /// Closes every part in reverse order, even if closing another one fails.
    @Override
    public void close() {
        IllegalStateException failure = new IllegalStateException("Not every part could be closed");
        closeAll(failure);
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    private void closeAll(Throwable cause) {
        while (!made.isEmpty()) {
            try {
                made.pop().close();
            } catch (Exception | Error failure) {
                cause.addSuppressed(failure);
            }
        }
    }
}
