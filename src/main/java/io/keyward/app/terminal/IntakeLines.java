package io.keyward.app.terminal;

import io.keyward.domain.event.Event;
import io.keyward.domain.event.KeyHint;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Optional;

/// Describes in one line each what Azure emits about keys, and what is made of it.
public final class IntakeLines {
    private static final String ANY_KEY = "*";

    private IntakeLines() {}

    /// Something was emitted about a key, or about a vault.
    ///
    /// @param what such as the name of an operation
    /// @param way by which it was emitted
    public static StyledLine emitted(Instant at, TenantId tenant, String what, String key, String way) {
        return start(at, tenant)
                .add("Azure: ")
                .add(Colour.FLOW, what)
                .add(" " + key)
                .add(Colour.FAINT, "  via " + way);
    }

    /// The name of a key in these lines; of a vault, if no key is named.
    public static String key(String vaultUri, Optional<String> keyName) {
        return Format.key(vaultUri, keyName.orElse(ANY_KEY), "");
    }

    /// A hint was written.
    public static StyledLine hint(KeyHint hint) {
        return start(hint.occurredAt(), hint.tenantId())
                .add("intake: ")
                .add(Colour.FLOW, "hint")
                .add(" to probe " + key(hint.vaultUri(), hint.keyName()))
                .add(Colour.FAINT, "  (" + hint.source() + ")");
    }

    /// A fact was written.
    ///
    /// @param who wrote it
    public static StyledLine fact(Event.OfKey event, String who) {
        String version = version(event).map(KeyVersion::value).orElse("");
        return start(event.occurredAt(), event.tenantId())
                .add(who + ": ")
                .add(colour(event), event.type())
                .add(" " + Format.key(event.key().vaultUri(), event.key().keyName(), version))
                .add(Colour.FAINT, event instanceof Event.KeyRevoked revoked ? "  (" + revoked.cause() + ")" : "");
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
