package io.keyward.intake.audit;

import io.keyward.domain.event.KeyHint;
import io.keyward.domain.id.TenantId;
import io.keyward.intake.Fields;
import io.keyward.intake.Finding;
import io.keyward.intake.Item;
import io.keyward.intake.ItemReader;
import io.keyward.intake.ObjectAddress;
import io.keyward.intake.audit.Operation.Effect;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// Reads the records of a tenant's audit logs that Azure's diagnostic settings write to an Event Hub.
public record AuditReader(TenantId tenant) implements ItemReader {
    private static final String CATEGORY = "AuditEvent";
    private static final byte[] NOTHING = {};
    private static final BigDecimal FIRST_SUCCESS = BigDecimal.valueOf(200);
    private static final BigDecimal FIRST_REDIRECTION = BigDecimal.valueOf(300);

    /// The records in the value of a Kafka record, and what they mean: those in the array `records` of an object,
    /// those of an array, or the object itself.
    ///
    /// A successful operation that can change a key, or the access to it, is a hint on the key, or on every key of
    /// the vault. Everything else means nothing: an audit log says what was asked for, not how the vault is now. A
    /// record that could be such an operation and cannot be understood is refused by itself. A value that is not
    /// JSON, is empty, or is neither an object nor an array, is one refused item. Never throws.
    ///
    /// @param value null if the Kafka record has none
    public static List<Item> read(TenantId tenant, byte[] value) {
        return new AuditReader(tenant).read(value == null ? NOTHING : value, Optional.of("records"));
    }

    @Override
    public String type(Fields item) {
        return operation(item).map(Operation::name).orElse(OTHER);
    }

    @Override
    public Finding finding(Fields item) {
        Optional<Operation> change = operation(item).filter(operation -> operation.effect() != Effect.NOTHING);
        return change.isPresent() && succeeded(item) ? hint(item, change.get()) : new Finding.Irrelevant();
    }

    /// Empty if the record is of another log, or the operation is not documented.
    private static Optional<Operation> operation(Fields item) {
        return item.text("category")
                .filter(CATEGORY::equals)
                .flatMap(_ -> item.text("operationName"))
                .flatMap(Operation::named);
    }

    /// Only this status tells: `resultType` is `Success` even when the vault answered 403 or 404. A Managed HSM has it
    /// outside the properties.
    private static boolean succeeded(Fields item) {
        return item.object("properties")
                .flatMap(properties -> properties.number("httpStatusCode"))
                .or(() -> item.number("httpStatusCode"))
                .map(status -> status.compareTo(FIRST_SUCCESS) >= 0 && status.compareTo(FIRST_REDIRECTION) < 0)
                .orElse(true);
    }

    private Finding hint(Fields item, Operation operation) {
        ObjectAddress address = address(item, operation.effect());
        return new Finding.Hint(new KeyHint(
                tenant, item.requiredTime("time"), operation.name(), address.vaultUri(), address.keyName()));
    }

    private static ObjectAddress address(Fields item, Effect effect) {
        return item.object("properties")
                .flatMap(properties -> ownAddress(properties, effect))
                .orElseGet(() -> {
                    String vault = item.requiredText("resourceId", "the resource id of the vault");
                    return ObjectAddress.ofResource(item.path("resourceId"), vault);
                });
    }

    private static Optional<ObjectAddress> ownAddress(Fields properties, Effect effect) {
        String field = properties.path("id");
        return properties
                .text("id")
                .map(id -> effect == Effect.KEY ? ObjectAddress.parse(field, id) : ObjectAddress.vaultOf(field, id));
    }
}
