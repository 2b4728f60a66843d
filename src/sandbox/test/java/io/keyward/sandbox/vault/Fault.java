package io.keyward.sandbox.vault;

import java.util.Map;
import java.util.Optional;

/// A fault that replaces the response.
public sealed interface Fault {
    /// An error in Azure's format.
    record Refused(int status, String code, Optional<String> innerCode, Map<String, String> headers) implements Fault {}

    /// An error of Entra ID for token requests, for example `AADSTS7000215`.
    record NoToken(String code) implements Fault {}

    /// An HTML page that does not come from Key Vault, for example from a proxy.
    record Page(int status, String html) implements Fault {}

    /// No response while the emulator runs.
    record Hang() implements Fault {}

    /// Closes the connection without a response.
    record Drop() implements Fault {}

    static Fault refused(int status, String code) {
        return new Refused(status, code, Optional.empty(), Map.of());
    }

    static Fault forbidden(String innerCode) {
        return new Refused(403, "Forbidden", Optional.of(innerCode), Map.of());
    }

    static Fault throttled(int seconds) {
        return new Refused(429, "Throttled", Optional.empty(), Map.of("Retry-After", Integer.toString(seconds)));
    }
}
