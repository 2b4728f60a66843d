package io.keyward.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The capabilities of an output of this process.
///
/// @param interactive whether it is a terminal, so that a line can be overwritten
/// @param colour whether colours are supported and wanted
/// @param width the number of characters in a line
public record Terminal(boolean interactive, boolean colour, int width) {
    /// A file or a pipe: no colour, and lines of any length.
    public static final Terminal PLAIN = new Terminal(false, false, Integer.MAX_VALUE);

    private static final int STANDARD_WIDTH = 100;
    private static final int LEAST_WIDTH = 40;

    public static Terminal ofOutput() {
        return of(1, System.getenv());
    }

    public static Terminal ofErrors() {
        return of(2, System.getenv());
    }

    /// Returns the same terminal without a width, so lines are not truncated and the terminal wraps them itself.
    public Terminal breakingLines() {
        return new Terminal(interactive, colour, Integer.MAX_VALUE);
    }

    private static Terminal of(int descriptor, Map<String, String> environment) {
        return isTerminal(descriptor) ? of(environment, screenWidth()) : PLAIN;
    }

    static Terminal of(Map<String, String> environment, int screenWidth) {
        boolean unwanted = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
        return new Terminal(!dumb, !unwanted && !dumb, Math.max(LEAST_WIDTH, screenWidth));
    }

    /// Looks at the file descriptor, because Java only knows whether input and output are both a terminal.
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException elsewhere) {
            return System.console().isTerminal();
        }
    }

    private static int screenWidth() {
        try {
            Process process = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String rowsAndColumns = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            int columns = Integer.parseInt(
                    rowsAndColumns.substring(rowsAndColumns.indexOf(' ') + 1).strip());
            return columns > 0 ? columns : STANDARD_WIDTH;
        } catch (IOException | RuntimeException unknown) {
            return STANDARD_WIDTH;
        }
    }
}
