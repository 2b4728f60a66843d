package io.keyward.proof;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Something that is not as the facts and the rules say.
///
/// @param topic the topic of the record that is wrong or, if a record is missing, of the one that asks for it
/// @param offset the offset of that record
/// @param tenant empty if the record does not tell
/// @param environment empty if it is about a tenant, or the record does not tell
/// @param deviation what was expected, and what was found
public record ProofFinding(
        String topic,
        int partition,
        long offset,
        Optional<TenantId> tenant,
        Optional<EnvironmentId> environment,
        Deviation deviation) {
    /// Something is wrong with a record.
    public static ProofFinding of(
            ConsumerRecord<?, ?> record,
            Optional<TenantId> tenant,
            Optional<EnvironmentId> environment,
            Deviation deviation) {
        return new ProofFinding(record.topic(), record.partition(), record.offset(), tenant, environment, deviation);
    }

    /// It can be neither proved nor disproved.
    public Unverifiable unverifiable(String why) {
        return new Unverifiable(topic, partition, tenant, environment, why);
    }

    /// The rule that spoke for what differs; empty if none did.
    public Optional<Rule> rule() {
        return deviation.rule();
    }

    /// What was expected, and what was found.
    public String sentence() {
        return deviation.sentence();
    }

    /// One line for people.
    @Override
    public String toString() {
        return "%s partition %d offset %d: %s%s%s"
                .formatted(
                        topic,
                        partition,
                        offset,
                        subject(tenant, environment),
                        rule().map(spoke -> spoke + ": ").orElse(""),
                        sentence());
    }

    static String subject(Optional<TenantId> tenant, Optional<EnvironmentId> environment) {
        return tenant.map(id -> id + environment.map(e -> "/" + e).orElse("") + ": ")
                .orElse("");
    }
}
