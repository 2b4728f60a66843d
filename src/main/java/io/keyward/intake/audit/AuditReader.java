package io.keyward.intake.audit;

import io.keyward.domain.id.TenantId;
import io.keyward.intake.Item;
import java.util.List;
import java.util.Optional;

/// Reads the records of audit logs that Azure's diagnostic settings write to an Event Hub. Never throws.
public final class AuditReader {
    private static final byte[] NOTHING = {};

    private AuditReader() {}

    /// The records in the value of a Kafka record, and what they mean: those in the array `records` of an object,
    /// those of an array, or the object itself.
    ///
    /// A successful operation that can change a key, or the access to it, is a hint on the key, or on every key of
    /// the vault. Everything else means nothing: an audit log says what was asked for, not how the vault is now. A
    /// record that could be such an operation and cannot be understood is refused by itself. A value that is not
    /// JSON, is empty, or is neither an object nor an array, is one refused item.
    ///
    /// @param value null if the Kafka record has none
    public static List<Item> read(TenantId tenant, byte[] value) {
        return new AuditLog(tenant).read(value == null ? NOTHING : value, Optional.of("records"));
    }
}
