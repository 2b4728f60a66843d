package io.keyward.intake.eventgrid;

import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import io.keyward.intake.Element;
import io.keyward.intake.Item;
import java.util.List;
import java.util.Optional;

/// Reads what Event Grid sends to a webhook: one event or a batch, in the schema of CloudEvents 1.0 or in Event Grid's
/// own. Each event is recognized by itself. Never throws.
public final class EventGridReader {
    private EventGridReader() {}

    /// The events in a request, and what they mean.
    ///
    /// | event | means |
    /// |---|---|
    /// | `KeyNewVersionCreated` | the key was rotated; a hint if the version may not be used yet (`NBF`) |
    /// | `KeyNearExpiry` | the version will expire |
    /// | `KeyExpired` | the version was revoked, with `KEY_EXPIRED`, at the time of the event |
    /// | `VaultAccessPolicyChanged` | a hint on every key of the vault |
    /// | about secrets and certificates, and of other types | nothing |
    ///
    /// An event that cannot be understood is refused by itself. A body that is not JSON, is empty, or is neither an
    /// object nor an array, is one refused item.
    public static List<Item> read(TenantId tenant, byte[] body) {
        return new KeyVaultEvents(tenant).read(body, Optional.empty());
    }

    /// The code with which Event Grid asks whether the webhook wants its events. Empty if this is no such question.
    public static Optional<String> validationCode(byte[] body) {
        try {
            List<Element> elements = Element.split(body, Optional.empty());
            return elements.size() == 1 ? validationCode(elements.getFirst()) : Optional.empty();
        } catch (RefusedException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> validationCode(Element element) {
        GridEvent event = GridEvent.of(element.fields());
        return event.type()
                .filter(EventType.SUBSCRIPTION_VALIDATION::equals)
                .flatMap(_ -> event.data().text("validationCode"));
    }
}
