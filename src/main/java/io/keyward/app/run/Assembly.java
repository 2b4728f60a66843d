package io.keyward.app.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/// The parts that are open while an object is being assembled.
public final class Assembly {
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

    /// @param end closes the part
    <T> T add(T part, AutoCloseable end) {
        made.push(end);
        return part;
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
