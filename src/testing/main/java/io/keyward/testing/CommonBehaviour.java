package io.keyward.testing;

import io.keyward.testing.process.Folders;
import io.keyward.testing.process.Patience;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/// What holds for every test: a wait ends only what hangs, and a failure tells little; all of it is in
/// `target/failures`.
///
/// JUnit finds this class by its service file.
public final class CommonBehaviour implements BeforeAllCallback, TestExecutionExceptionHandler {
    private static final int MOST_LINES = 25;
    private static final int LONGEST_LINE = 500;
    private static final int MOST_ELEMENTS = 20;

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(Patience.LIMIT);
        Assertions.setMaxElementsForPrinting(MOST_ELEMENTS);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (Stream.iterate(failure, thrown -> thrown != null, Throwable::getCause)
                .allMatch(thrown -> isShort(message(thrown)))) {
            throw failure;
        }
        Path file = written(context, failure);
        AssertionError beginning = new AssertionError(beginning(message(failure)) + "\nAll of it is in " + file);
        beginning.setStackTrace(failure.getStackTrace());
        throw beginning;
    }

    private static String message(Throwable thrown) {
        return thrown.getClass().getName() + ": " + thrown.getMessage();
    }

    private static boolean isShort(String message) {
        return beginning(message).equals(String.join("\n", message.lines().toList()));
    }

    private static String beginning(String message) {
        List<String> lines = message.lines()
                .limit(MOST_LINES)
                .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line)
                .toList();
        return String.join("\n", lines);
    }

    private static Path written(ExtensionContext context, Throwable failure) throws IOException {
        String name = context.getRequiredTestClass().getSimpleName() + "-"
                + context.getRequiredTestMethod().getName();
        Path file = Files.createTempFile(Folders.make(Path.of("target", "failures")), name + "-", ".txt");
        try (PrintWriter all = new PrintWriter(Files.newBufferedWriter(file))) {
            failure.printStackTrace(all);
        }
        return file;
    }
}
