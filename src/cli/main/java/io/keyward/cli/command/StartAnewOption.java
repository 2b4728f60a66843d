package io.keyward.cli.command;

import picocli.CommandLine.Option;

/// The option that allows a first start from incomplete inputs.
final class StartAnewOption {
    @Option(
            names = "--start-anew",
            description = "Start from what is left of the inputs, although this application has read nothing yet and"
                    + " the outputs are not empty or the inputs do not begin at offset 0. Revisions start again at 1, and"
                    + " revocations that were deleted stay unknown. Only for the first start.")
    private boolean given;

    boolean given() {
        return given;
    }
}
