package io.keyward.proof;

import io.keyward.avro.OutputCodec;
import io.keyward.avro.PublicationReader;
import io.keyward.client.Topic;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.fact.Instants;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.wire.AvroModel;
import io.keyward.registry.wire.PayloadException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;

/// Compares the newest record under a key with what the row of its environment says is published.
///
/// The row does not hold everything that a record says. What only the record knows is taken from it: its cause and its
/// profile, the texts of a warning, and of a signal the revision and the reason. So these are not proved, except
/// that the times in a record must fit its cause.
record OutputRecords(AvroDeserializer deserializer) {
    /// It knows times: the records' own comparison does not.
    private static final GenericData AVRO = AvroModel.generic();

    /// What a row cannot tell. The texts are those of the release that wrote the record.
    private static final Set<String> ONLY_IN_THE_RECORD = Set.of("cause", "message", "remediation");

    /// In which way the record under the key of the decision differs; empty if it does not.
    Optional<String> decision(TenantId tenant, EnvironmentId environment, Published published, NewestOutput record) {
        return difference(
                Topic.ENCRYPTION_DECISIONS,
                record,
                found -> new Publication.OfDecision(
                        published.revision(),
                        published.decision().orElseThrow(),
                        published.warningNames(),
                        published.sinkNames(),
                        about(tenant, Optional.of(environment), name(found), found)));
    }

    /// In which way the record of a warning differs; empty if it does not.
    ///
    /// @param environment empty for a warning about the tenant
    /// @param open the incident, if it is open
    Optional<String> warning(
            TenantId tenant,
            Optional<EnvironmentId> environment,
            WarningCode code,
            Optional<Incident> open,
            NewestOutput record) {
        return difference(Topic.WARNINGS, record, found -> {
            Incident incident =
                    open.orElseGet(() -> ((Publication.OfWarning) PublicationReader.read(found)).incident());
            Instant ended = Instants.max(incident.raisedAt(), cause(found).occurredAt());
            return new Publication.OfWarning(
                    code,
                    incident,
                    "",
                    open.isPresent() ? Optional.empty() : Optional.of(ended),
                    about(tenant, environment, name(found), found));
        });
    }

    /// In which way the record of a sink's signal differs; empty if it does not.
    Optional<String> signal(
            TenantId tenant,
            EnvironmentId environment,
            String sink,
            Signal signal,
            long decisionRevision,
            NewestOutput record) {
        return difference(Topic.ANALYTICS_SUPPRESSIONS, record, found -> {
            long revision = (Long) found.get("revision");
            if (revision < 1 || revision > decisionRevision) {
                throw new IllegalArgumentException(
                        Deviation.sentence("revision", "1 to " + decisionRevision, revision));
            }
            return new Publication.OfSignal(
                    sink,
                    signal,
                    Rule.valueOf((String) found.get("reason")),
                    revision,
                    about(tenant, Optional.of(environment), Optional.empty(), found));
        });
    }

    private static Publication.About about(
            TenantId tenant, Optional<EnvironmentId> environment, Optional<String> name, GenericRecord found) {
        return new Publication.About(tenant, environment, name, (String) found.get("ruleProfile"), cause(found));
    }

    private static Optional<String> name(GenericRecord found) {
        return Optional.ofNullable((String) found.get("environmentName"));
    }

    private static Cause cause(GenericRecord found) {
        GenericRecord cause = (GenericRecord) found.get("cause");
        return new Cause("", "", (Instant) cause.get("occurredAt"), "", 0, 0);
    }

    /// @param implied what a row says is published, without what only the record knows; throws an
    ///     [IllegalArgumentException] that says what the record lacks or what contradicts itself
    private Optional<String> difference(
            Topic topic, NewestOutput record, Function<GenericRecord, Publication> implied) {
        String expected = topic.valueSchema().orElseThrow();
        try {
            GenericRecord found =
                    (GenericRecord) deserializer.deserialize(topic.baseName(), record.headers(), record.value());
            String schema = found.getSchema().getFullName();
            return schema.equals(expected)
                    ? difference(OutputCodec.write(implied.apply(found)).orElseThrow(), found)
                    : Optional.of("Expected a record of the schema %s, found %s.".formatted(expected, schema));
        } catch (PayloadException unreadable) {
            return Optional.of("The record cannot be read: " + unreadable.getMessage());
        } catch (IllegalArgumentException contradiction) {
            return Optional.of(contradiction.getMessage());
        }
    }

    private static Optional<String> difference(IndexedRecord expected, IndexedRecord found) {
        return expected.getSchema().getFields().stream()
                .filter(field -> !ONLY_IN_THE_RECORD.contains(field.name()))
                .filter(field -> AVRO.compare(expected.get(field.pos()), found.get(field.pos()), field.schema()) != 0)
                .findFirst()
                .map(field -> Deviation.sentence(field.name(), expected.get(field.pos()), found.get(field.pos())));
    }
}
