package io.keyward.console.api;

/// The replica is not ready for queries, so most answers would be wrong.
public final class NotCaughtUpException extends RuntimeException {
    /// @param sentence why, for the client
    /// @param lag how many records have not been read yet
    public NotCaughtUpException(String sentence, long lag) {
        super("%s %,d records are left to read.".formatted(sentence, lag));
    }
}
