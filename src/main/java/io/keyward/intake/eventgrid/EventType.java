package io.keyward.intake.eventgrid;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The types of the events about key vaults that Azure documents, and of Event Grid's own question to a webhook.
enum EventType {
    KEY_NEW_VERSION_CREATED("Microsoft.KeyVault.KeyNewVersionCreated"),
    KEY_NEAR_EXPIRY("Microsoft.KeyVault.KeyNearExpiry"),
    KEY_EXPIRED("Microsoft.KeyVault.KeyExpired"),
    VAULT_ACCESS_POLICY_CHANGED("Microsoft.KeyVault.VaultAccessPolicyChanged"),
    SECRET_NEW_VERSION_CREATED("Microsoft.KeyVault.SecretNewVersionCreated"),
    SECRET_NEAR_EXPIRY("Microsoft.KeyVault.SecretNearExpiry"),
    SECRET_EXPIRED("Microsoft.KeyVault.SecretExpired"),
    CERTIFICATE_NEW_VERSION_CREATED("Microsoft.KeyVault.CertificateNewVersionCreated"),
    CERTIFICATE_NEAR_EXPIRY("Microsoft.KeyVault.CertificateNearExpiry"),
    CERTIFICATE_EXPIRED("Microsoft.KeyVault.CertificateExpired"),
    SUBSCRIPTION_VALIDATION("Microsoft.EventGrid.SubscriptionValidationEvent");

    private static final Map<String, EventType> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(type -> type.fullName, Function.identity()));

    /// Its name in events.
    final String fullName;

    EventType(String fullName) {
        this.fullName = fullName;
    }

    /// The type with this full name; empty if it is not one of these.
    static Optional<EventType> of(String fullName) {
        return Optional.ofNullable(BY_NAME.get(fullName));
    }
}
