package io.keyward.avro;

import io.keyward.domain.event.KeyHint;
import io.keyward.domain.id.TenantId;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/// Writes and reads the records of the topic `key-hints`.
public final class KeyHintCodec {
    /// Means all vaults. The field cannot become optional, because older readers could not read it.
    private static final String EVERY_VAULT = "";

    private KeyHintCodec() {}

    public static SpecificRecord write(KeyHint hint) {
        return new io.keyward.event.KeyHint(
                hint.tenantId().value(),
                hint.occurredAt(),
                hint.source(),
                hint.vaultUri().orElse(EVERY_VAULT),
                hint.keyName().orElse(null));
    }

    /// The hint in a record; empty if the record is not a hint.
    ///
    /// @throws io.keyward.domain.id.RefusedException if a field is not valid
    public static Optional<KeyHint> read(Object value) {
        return value instanceof io.keyward.event.KeyHint hint
                ? Optional.of(new KeyHint(
                        new TenantId(hint.getTenantId()),
                        hint.getOccurredAt(),
                        hint.getSource(),
                        Optional.of(hint.getVaultUri()).filter(uri -> !uri.equals(EVERY_VAULT)),
                        Optional.ofNullable(hint.getKeyName())))
                : Optional.empty();
    }
}
