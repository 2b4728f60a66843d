package io.keyward.console.replica;

/// A cursor that no page of this list gave.
public final class BadCursorException extends RuntimeException {
    public BadCursorException(String cursor) {
        super("'" + cursor + "' is not a cursor of this list; take the one that the previous page gave.");
    }
}
