package io.keyward.console.api;

/// The replica is not ready for questions, so most answers would be wrong.
public final class NotCaughtUpException extends RuntimeException {
    private final long lag;

    /// @param sentence why, for the client
    /// @param lag how many records are not read yet
    public NotCaughtUpException(String sentence, long lag) {
        super(sentence);
        this.lag = lag;
    }

    public long lag() {
        return lag;
    }
}
