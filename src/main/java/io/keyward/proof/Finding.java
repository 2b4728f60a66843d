package io.keyward.proof;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.util.Optional;

/// Something that is not as the facts and the rules say.
///
/// @param topic the topic of the record that is wrong or, if a record is missing, of the one that asks for it
/// @param offset the offset of that record
/// @param tenant empty if the record does not tell
/// @param environment empty if it is about a tenant, or the record does not tell
/// @param rule the rule that spoke for what differs; empty if none did
/// @param sentence what was expected, and what was found
public record Finding(
        String topic,
        int partition,
        long offset,
        Optional<TenantId> tenant,
        Optional<EnvironmentId> environment,
        Optional<Rule> rule,
        String sentence) {
    /// One line for people.
    @Override
    public String toString() {
        return "%s partition %d offset %d: %s%s%s"
                .formatted(
                        topic,
                        partition,
                        offset,
                        subject(tenant, environment),
                        rule.map(spoke -> spoke + ": ").orElse(""),
                        sentence);
    }

    static String subject(Optional<TenantId> tenant, Optional<EnvironmentId> environment) {
        return tenant.map(id -> id + environment.map(e -> "/" + e).orElse("") + ": ")
                .orElse("");
    }
}
