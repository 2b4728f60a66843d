package io.keyward.proof;

import io.keyward.avro.OutputCodec;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.SuppressionSignal;
import io.keyward.domain.decision.WarningKey;
import io.keyward.domain.fact.VersionPeriod;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.wire.PayloadException;
import io.keyward.topology.contract.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/// Compares the newest record under a key with what the row of its environment says is published.
///
/// The row does not hold everything that a record says. What only the record knows is taken from it: its cause and its
/// profile, the texts of a warning, and of a signal the revision and, if it allows, the interval. So these are not
/// proved, except that the times in a record must fit its cause.
final class OutputRecords {
    private static final String CAUSE = "cause";

    /// What a row cannot tell. The texts are those of the release that wrote the record.
    private static final Set<String> ONLY_IN_THE_RECORD = Set.of(CAUSE, "message", "remediation");

    private final AvroDeserializer deserializer;

    OutputRecords(AvroDeserializer deserializer) {
        this.deserializer = deserializer;
    }

    /// Something that a row says is published, without what only the record knows.
    private interface Implied {
        /// @throws IllegalArgumentException saying what the record lacks or what contradicts itself
        Publication publication(Found found);
    }

    /// A decoded record.
    private record Found(IndexedRecord value) {
        private Object field(String name) {
            return value.get(value.getSchema().getField(name).pos());
        }

        /// Null if the record gives none.
        Instant time(String name) {
            return (Instant) field(name);
        }

        String text(String name) {
            return (String) field(name);
        }

        long number(String name) {
            return (Long) field(name);
        }

        Cause cause() {
            return new Cause("", "", new Found((IndexedRecord) field(CAUSE)).time("occurredAt"), "", 0, 0);
        }

        String profile() {
            return text("ruleProfile");
        }
    }

    /// In which way the record under the key of the decision differs; empty if it does not.
    Optional<String> decision(TenantId tenant, EnvironmentId environment, EnvironmentState state, NewestOutput record) {
        Published published = state.published();
        return difference(
                Topic.ENCRYPTION_DECISIONS,
                record,
                found -> new Publication.OfDecision(
                        tenant,
                        environment,
                        published.revision(),
                        published.decision().orElseThrow(),
                        published.warningNames(),
                        published.sinkNames(),
                        found.profile(),
                        found.cause()));
    }

    /// In which way the record of a warning differs; empty if it does not.
    ///
    /// @param environment empty for a warning about the tenant
    /// @param raised since when the warning is open; empty if it was cleared
    Optional<String> warning(
            TenantId tenant,
            Optional<EnvironmentId> environment,
            WarningKey key,
            Optional<Instant> raised,
            NewestOutput record) {
        return difference(Topic.WARNINGS, record, found -> {
            Instant at = raised.orElse(found.time("raisedAt"));
            return new Publication.OfWarning(
                    tenant,
                    environment,
                    key,
                    "",
                    at,
                    raised.isPresent()
                            ? Optional.empty()
                            : Optional.of(VersionPeriod.later(at, found.cause().occurredAt())),
                    found.profile(),
                    found.cause());
        });
    }

    /// In which way the record of a sink's signal differs; empty if it does not.
    ///
    /// @param signal empty if data may flow again
    Optional<String> signal(
            TenantId tenant,
            EnvironmentId environment,
            String sink,
            Optional<SuppressionSignal> signal,
            long decisionRevision,
            NewestOutput record) {
        return difference(Topic.ANALYTICS_SUPPRESSIONS, record, found -> {
            long revision = found.number("revision");
            if (revision < 1 || revision > decisionRevision) {
                throw new IllegalArgumentException(
                        Deviation.sentence("revision", "1 to " + decisionRevision, revision));
            }
            return signal.<Publication>map(suppressed -> new Publication.OfSuppression(
                            tenant,
                            environment,
                            sink,
                            suppressed.suppressed(),
                            revision,
                            found.profile(),
                            found.cause()))
                    .orElseGet(() -> allowance(tenant, environment, sink, revision, found));
        });
    }

    private static Publication allowance(
            TenantId tenant, EnvironmentId environment, String sink, long revision, Found found) {
        Instant from = found.time("gapFrom");
        Instant to = found.time("gapTo");
        if (from == null || to == null || from.isAfter(to)) {
            throw new IllegalArgumentException(
                    "Expected an interval from gapFrom to gapTo, found " + from + " to " + to + ".");
        }
        return new Publication.OfAllowance(
                tenant,
                environment,
                sink,
                from,
                to,
                Rule.valueOf(found.text("reason")),
                revision,
                found.profile(),
                found.cause());
    }

    private Optional<String> difference(Topic topic, NewestOutput record, Implied implied) {
        try {
            IndexedRecord found =
                    deserializer.decode(record.value(), record.headers()).value();
            if (!found.getSchema().getFullName().equals(topic.valueSchema().orElseThrow())) {
                return Optional.of(
                        "Expected a record of the schema " + topic.valueSchema().orElseThrow() + ", found "
                                + found.getSchema().getFullName() + ".");
            }
            return difference(
                    OutputCodec.write(implied.publication(new Found(found))).orElseThrow(), found);
        } catch (PayloadException unreadable) {
            return Optional.of("The record cannot be read: " + unreadable.getMessage());
        } catch (IllegalArgumentException contradiction) {
            return Optional.of(contradiction.getMessage());
        }
    }

    private static Optional<String> difference(IndexedRecord expected, IndexedRecord found) {
        List<Schema.Field> fields = expected.getSchema().getFields();
        for (Schema.Field field : fields) {
            if (!ONLY_IN_THE_RECORD.contains(field.name())
                    && !Objects.equals(expected.get(field.pos()), found.get(field.pos()))) {
                return Optional.of(Deviation.sentence(field.name(), expected.get(field.pos()), found.get(field.pos())));
            }
        }
        return Optional.empty();
    }
}
