package io.keyward.intake;

import io.keyward.domain.event.KeyHint;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What tests deliver.
final class Deliveries {
    static final TenantId CONTOSO = new TenantId("contoso");
    static final Publisher.Origin GRID = new Publisher.Origin("event-grid", "/intake/eventgrid/contoso", List.of());
    static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    static final Finding.Hint HINT = new Finding.Hint(new KeyHint(
            CONTOSO, LONG_AGO, "VaultAccessPolicyChanged", "https://kv-contoso.vault.azure.net", Optional.of("hr")));
    static final Finding.Refused REFUSED =
            new Finding.Refused(new RefusedException(RefusalCode.INVALID_FIELD, "data.Version is missing."));
    static final Finding.Irrelevant IRRELEVANT = new Finding.Irrelevant();

    private Deliveries() {}

    /// An item with these findings, received as `{"id":"7"}`.
    static Item item(Finding finding) {
        return new Item("other", "{\"id\":\"7\"}".getBytes(StandardCharsets.UTF_8), finding);
    }
}
