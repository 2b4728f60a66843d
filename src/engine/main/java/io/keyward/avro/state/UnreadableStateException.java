package io.keyward.avro.state;

/// Thrown when this release cannot read a stored value. Input cannot cause this, so the instance must stop.
public final class UnreadableStateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    private UnreadableStateException(String reason, String advice, Throwable cause) {
        super(reason + advice, cause);
        this.reason = reason;
    }

    /// What is wrong with the value, without the advice for the operator of a processor.
    public String reason() {
        return reason;
    }

    static UnreadableStateException ofVersion(int version, int newest) {
        return new UnreadableStateException(
                "The stored state has version " + version + "; this release reads versions " + StateCodec.OLDEST_VERSION
                        + " to " + newest + ".",
                " Run the release that wrote it, or rebuild the state from the input topics.",
                null);
    }

    static UnreadableStateException empty() {
        return new UnreadableStateException(
                "The stored state is empty; expected a version byte and a value.", "", null);
    }

    static UnreadableStateException damaged(int length, String how, Throwable cause) {
        return new UnreadableStateException("The stored state of " + length + " bytes is damaged: " + how, "", cause);
    }
}
