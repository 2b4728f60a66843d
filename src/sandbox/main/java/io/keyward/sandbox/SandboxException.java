package io.keyward.sandbox;

/// A part of the sandbox cannot start. The message names the cause and what the user can do about it.
public sealed class SandboxException extends RuntimeException permits PortTakenException {
    public SandboxException(String message, Throwable cause) {
        super(message, cause);
    }

    public SandboxException(String message) {
        super(message);
    }
}
