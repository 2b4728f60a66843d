package io.keyward.console.whatif;

/// A what-if has more event lines than the limit.
public final class TooManyLinesException extends RuntimeException {
    TooManyLinesException(int lines, int limit) {
        super("The question has " + lines + " event lines; the maximum is " + limit + ".");
    }
}
