package io.keyward.bench.subject;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/// Runs the main method of another class in a process that ends with the process that wanted it, whatever ends that
/// one: a benchmark that is broken off leaves nothing behind.
public final class Tethered {
    private Tethered() {}

    /// Runs the other main method in this thread.
    ///
    /// @param arguments the process to end with, the class to run, and its arguments
    public static void main(String... arguments) throws Throwable {
        ProcessHandle.of(Long.parseLong(arguments[0])).ifPresentOrElse(Tethered::endWith, Tethered::end);
        String[] own = Arrays.copyOfRange(arguments, 2, arguments.length);
        try {
            Class.forName(arguments[1]).getMethod("main", String[].class).invoke(null, (Object) own);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    private static void endWith(ProcessHandle parent) {
        var _ = parent.onExit().thenRun(Tethered::end);
    }

    private static void end() {
        Runtime.getRuntime().halt(1);
    }
}
