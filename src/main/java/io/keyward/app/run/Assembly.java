package io.keyward.app.run;

import java.util.ArrayDeque;
import java.util.Deque;

/// The parts made so far of something that is being put together: should a later part fail, they are closed, the last
/// one first, and the failure stays the one that is told.
final class Assembly {
    private final Deque<AutoCloseable> made = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
        return add(part, part);
    }

    /// @param end closes the part
    <T> T add(T part, AutoCloseable end) {
        made.push(end);
        return part;
    }

    /// Closes every part, whether others can be closed or not.
    ///
    /// @param cause what keeps the whole from being put together; what fails on the way is suppressed by it
    void closeAll(Throwable cause) {
        while (!made.isEmpty()) {
            try {
                made.pop().close();
            } catch (Exception | Error failure) {
                cause.addSuppressed(failure);
            }
        }
    }
}
