package io.keyward.console.replica;

/// A cursor that is not from a page of this list.
public final class BadCursorException extends RuntimeException {
    public BadCursorException(String cursor) {
        super("'" + cursor + "' is not a cursor of this list; use the one from the previous page.");
    }
}
