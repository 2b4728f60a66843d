package io.keyward.testing.process;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/// Runs the main method of another class, and ends this process when the parent process ends.
public final class ChildMain {
    private ChildMain() {}

    /// Runs the other main method in this thread.
    ///
    /// @param arguments the id of the parent process, the class to run, and its arguments
    public static void main(String... arguments) throws Throwable {
        ProcessHandle.of(Long.parseLong(arguments[0])).ifPresentOrElse(ChildMain::endWith, ChildMain::end);
        String[] own = Arrays.copyOfRange(arguments, 2, arguments.length);
        try {
            Class.forName(arguments[1]).getMethod("main", String[].class).invoke(null, (Object) own);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    private static void endWith(ProcessHandle parent) {
        var _ = parent.onExit().thenRun(ChildMain::end);
    }

    private static void end() {
        Runtime.getRuntime().halt(1);
    }
}
