package io.keyward.cli.sandbox;

import io.keyward.cli.terminal.Colour;
import io.keyward.cli.terminal.Format;
import io.keyward.cli.terminal.OutcomeLines;
import io.keyward.cli.terminal.StyledLine;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.KeyHint;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.TenantId;
import io.keyward.sandbox.azure.Emitted;
import java.time.Instant;
import java.util.Optional;

/// Describes, in one line each, what Azure emits about keys and what the intake and the watch write.
final class IntakeLines {
    private static final String ANY_KEY = "*";

    private IntakeLines() {}

    /// The line for something that was emitted about a key or a vault.
    static StyledLine emitted(Emitted emitted) {
        String key = emitted.key().isEmpty() ? ANY_KEY : emitted.key();
        return start(emitted.at(), emitted.tenant())
                .add("Azure: ")
                .add(Colour.FLOW, emitted.what())
                .add(" " + Format.key("https://" + emitted.vault(), key, ""))
                .add(Colour.FAINT, "  via " + emitted.way());
    }

    /// The line for a hint that was written.
    static StyledLine hint(KeyHint hint) {
        return start(hint.occurredAt(), hint.tenantId())
                .add("intake: ")
                .add(Colour.FLOW, "hint")
                .add(" to probe "
                        + hint.vaultUri()
                                .map(vault -> Format.key(vault, hint.keyName().orElse(ANY_KEY), ""))
                                .orElse("every key"))
                .add(Colour.FAINT, "  (" + hint.source() + ")");
    }

    /// The line for a fact that was written.
    ///
    /// @param who the writer of the fact
    static StyledLine fact(Event.OfKey event, String who) {
        String version = version(event).map(KeyVersion::value).orElse("");
        return start(event.occurredAt(), event.tenantId())
                .add(who + ": ")
                .add(colour(event), event.type())
                .add(" " + Format.key(event.key().vaultUri(), event.key().keyName(), version))
                .add(
                        Colour.FAINT,
                        cause(event).map(cause -> "  (" + cause + ")").orElse(""));
    }

    private static Optional<RevocationCause> cause(Event.OfKey event) {
        return switch (event) {
            case Event.KeyRevoked revoked -> Optional.of(revoked.cause());
            case Event.KeyRestored restored -> restored.cause();
            case Event.KeyRotated _, Event.KeyExpiring _ -> Optional.empty();
        };
    }

    private static Optional<KeyVersion> version(Event.OfKey event) {
        return switch (event) {
            case Event.KeyRotated rotated -> Optional.of(rotated.newVersion());
            case Event.KeyRevoked revoked -> revoked.version();
            case Event.KeyRestored restored -> restored.version();
            case Event.KeyExpiring expiring -> Optional.of(expiring.version());
        };
    }

    private static Colour colour(Event.OfKey event) {
        return switch (event) {
            case Event.KeyRotated _ -> Colour.FLOW;
            case Event.KeyRevoked _ -> Colour.BAD;
            case Event.KeyRestored _ -> Colour.GOOD;
            case Event.KeyExpiring _ -> Colour.ATTENTION;
        };
    }

    private static StyledLine start(Instant at, TenantId tenant) {
        return OutcomeLines.start(at.toString(), tenant.value());
    }
}
