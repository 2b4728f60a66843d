package io.keyward.console.whatif;

/// A question with more event lines than one answer takes.
public final class TooManyLinesException extends RuntimeException {
    TooManyLinesException(int lines, int limit) {
        super("The question has " + lines + " event lines; up to " + limit + " are taken. Ask with fewer.");
    }
}
