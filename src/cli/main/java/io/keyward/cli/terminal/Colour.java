package io.keyward.cli.terminal;

/// The colours of the terminal output, by meaning.
public enum Colour {
    PLAIN(""),
    /// Everything is in order.
    GOOD("32"),
    /// Something is left to do.
    ATTENTION("33"),
    /// Something is wrong.
    BAD("31"),
    /// Data is locked or will be lost.
    ALARM("1;31"),
    /// Concerns data flows.
    FLOW("36"),
    /// An important name.
    NAME("1"),
    /// Less important.
    FAINT("2");

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    String paint(String text) {
        return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
