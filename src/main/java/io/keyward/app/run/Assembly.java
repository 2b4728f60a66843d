package io.keyward.app.run;

import java.util.ArrayDeque;
import java.util.Deque;

/// The parts that are open while an object is being assembled. If a later part fails, they are closed in reverse
/// order, and the failure is reported.
public final class Assembly {
    private final Deque<AutoCloseable> made = new ArrayDeque<>();

    public <T extends AutoCloseable> T add(T part) {
        return add(part, part);
    }

    /// @param end closes the part
    <T> T add(T part, AutoCloseable end) {
        made.push(end);
        return part;
    }

    /// Closes every part, even if closing another one fails.
    ///
    /// @param cause why assembling failed; failures to close are added to it as suppressed
    public void closeAll(Throwable cause) {
        while (!made.isEmpty()) {
            try {
                made.pop().close();
            } catch (Exception | Error failure) {
                cause.addSuppressed(failure);
            }
        }
    }
}
