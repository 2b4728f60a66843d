package io.keyward.sandbox.azure;

import io.keyward.domain.id.TenantId;
import java.net.URI;

/// The subscription of a tenant to the events of its vaults.
///
/// @param webhook where Event Grid sends them
/// @param secret what the webhook knows Event Grid by: a delivery property with the schema CloudEvents, a parameter
///     of the address with Event Grid's own, so that both are tried
public record Subscription(TenantId tenant, URI webhook, String secret, EventSchema schema) {
    @Override
    public String toString() {
        return tenant + "'s subscription at " + webhook;
    }
}
