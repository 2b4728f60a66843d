package io.keyward.sandbox;

/// A port that the sandbox needs is in use.
final class PortTakenException extends SandboxException {
    public PortTakenException(int port, Throwable cause) {
        super(
                "Port %1$d on %2$s is not free (%3$s). Stop the process that uses it, or let the sandbox use other ports with --port-base, for example --port-base 19092."
                        .formatted(port, LoopbackPorts.HOST, cause.getMessage()),
                cause);
    }
}
