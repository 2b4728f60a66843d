package io.keyward.app.terminal;

/// The colours of the console, by what they say.
public enum Colour {
    PLAIN(""),
    /// As it should be.
    GOOD("32"),
    /// Something is left to do.
    ATTENTION("33"),
    /// Something is wrong.
    BAD("31"),
    /// Data is locked or will be lost.
    ALARM("1;31"),
    /// A matter of where data flows.
    FLOW("36"),
    /// A name that the eye looks for.
    NAME("1"),
    /// Of less interest.
    FAINT("2");

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    String paint(String text) {
        return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
