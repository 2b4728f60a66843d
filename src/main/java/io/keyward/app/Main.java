package io.keyward.app;

/// The program `keyward`: runs the command that its arguments name and exits with that command's code.
public final class Main {
    private Main() {}

    public static void main(String... arguments) {
        LogSettings.choose(arguments);
        ThreadFailures.goToTheLog();
        System.exit(KeywardCommand.commandLine().execute(arguments));
    }
}
