package io.keyward.sandbox.vault;

import java.util.Map;
import java.util.Optional;

/// What goes wrong in place of an answer.
public sealed interface Fault {
    /// An error in Azure's own form.
    record Refused(int status, String code, Optional<String> innerCode, Map<String, String> headers) implements Fault {}

    /// An error of Entra ID, for instance `AADSTS7000215`; for token requests.
    record NoToken(String code) implements Fault {}

    /// A page that no Key Vault has written, as proxies send them.
    record Page(int status, String html) implements Fault {}

    /// No answer, for as long as the emulator runs.
    record Hang() implements Fault {}

    /// The connection is closed without an answer.
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
