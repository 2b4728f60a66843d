package io.keyward.proof.inputs;

import io.keyward.client.Position;
import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.cluster.CommandFailedException;
import io.keyward.cluster.CommittedLog;
import io.keyward.domain.Decider;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.proof.Deviation;
import io.keyward.proof.LogOffsets;
import io.keyward.proof.ProofFinding;
import io.keyward.proof.PublishedOutputs;
import io.keyward.proof.ReadProgress;
import io.keyward.proof.Report;
import io.keyward.proof.Subject;
import io.keyward.proof.Unverifiable;
import io.keyward.registry.wire.PayloadException;
import io.keyward.topology.Admitted;
import io.keyward.topology.OriginCoordinates;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.contract.TopicSchemas;
import io.keyward.topology.contract.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Verifies one output alone: the events of its tenant below the position in its header, decided again, give what it
/// says. Joins no group and writes nothing.
public final class OutputVerification {
    private final InputProof proof;
    private final Subject subject;
    private final VerifiedRecord output;
    private final Position position;
    private final List<ProofFinding> findings = new ArrayList<>();
    private final List<Unverifiable> unverifiable = new ArrayList<>();
    private final Set<Instant> times = new TreeSet<>();
    private Optional<Admitted> causing = Optional.empty();
    private long events;

    /// @param record of an output topic
    /// @throws CommandFailedException if the record is none that can be verified alone
    OutputVerification(InputProof proof, ConsumerRecord<byte[], byte[]> record) {
        this.proof = proof;
        this.subject = proof.subject();
        this.output = VerifiedRecord.of(subject.names().topic(record.topic()).orElseThrow(), record);
        this.position = output.position();
    }

    /// Verifies an output.
    ///
    /// @param topicPartition a partition of an output topic
    /// @throws CommandFailedException if a topic or the record is missing, or the base is of another application
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    /// @throws io.keyward.registry.client.RegistryException if the registry does not answer
    public static Report run(InputProof proof, TopicPartition topicPartition, long offset) {
        return InputTopics.with(proof.subject(), topics -> {
            proof.requireBaseOf(topics);
            return new OutputVerification(proof, record(topics, topicPartition, offset)).verify(topics);
        });
    }

    private Report verify(InputTopics topics) {
        if (position.partition()
                != TenantPartitioner.partitionOf(output.tenant().value(), topics.partitions())) {
            throw new CommandFailedException(
                    "The record was written before the application had %d partitions. Only later ones can be verified alone."
                            .formatted(topics.partitions()));
        }
        List<TopicPartition> read = Topic.readByTheProcessor().stream()
                .map(topic -> new TopicPartition(subject.names().name(topic), position.partition()))
                .toList();
        requireThatNothingIsMissing(LogOffsets.of(topics.admin(), read, OffsetSpec.earliest()));
        ReadProgress shown = new ReadProgress(topics.admin(), read, proof.progress());
        try (ClusterLogs logs = ClusterLogs.open(topics, start(), shown)) {
            return verify(logs, ErasurePositions.read(topics));
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(
            InputTopics topics, TopicPartition topicPartition, long offset) {
        Optional<ConsumerRecord<byte[], byte[]>> found = Optional.empty();
        if (offset
                < LogOffsets.of(topics.admin(), List.of(topicPartition), OffsetSpec.latest())
                        .get(topicPartition)) {
            try (CommittedLog log = CommittedLog.open(topics.subject().kafka(), List.of(topicPartition))) {
                found = log.first(topicPartition, offset, offset + 1, _ -> true);
            }
        }
        return found.orElseThrow(() -> new CommandFailedException(
                "There is no record at offset %d of %s: it was compacted, it is the mark of a transaction, or it is not written yet."
                        .formatted(offset, topicPartition)));
    }

    private Position start() {
        return proof.start(position.partition());
    }

    /// Whether all that was read below the position is still there, or in the base.
    ///
    /// @param beginnings the first offset that each topic still holds
    void requireThatNothingIsMissing(Map<TopicPartition, Long> beginnings) {
        unverifiable.addAll(proof.deleted(beginnings));
        TopicPartition rerouted = new TopicPartition(subject.names().rerouted(), position.partition());
        if (beginnings.getOrDefault(rerouted, 0L) > start().next(Topic.REROUTED)) {
            leave("Retention has deleted records of %s: events from wrong partitions may be missing."
                    .formatted(rerouted.topic()));
        }
        proof.base()
                .map(BaseFolder::base)
                .filter(made -> made.isNewerThan(output.record().timestamp()))
                .ifPresent(made -> leave(
                        "The base of %s may hold facts that are newer than the record.".formatted(made.madeAt())));
        if (proof.base().isEmpty() && subject.applicationId().matches(".*-g[0-9]+")) {
            leave("The application was moved to more partitions: a base that was made after the move is needed.");
        }
    }

    private void leave(String sentence) {
        unverifiable.add(output.unverifiable(sentence));
    }

    Report verify(PartitionLogs logs, ErasurePositions erasures) {
        if (unverifiable.isEmpty()) {
            Optional<Publication.Stated> said = publication();
            TenantFacts facts = facts(logs, erasures, said.map(Publication.Stated::cause));
            if (output.environment().isEmpty()) {
                leave("It is about the limit of a tenant, and rests on the slots of all its environments.");
            } else if (findings.isEmpty()) {
                compare(said, facts, output.environment().get(), erasures);
            }
        }
        return new Report(1, 0, 1, events, findings, unverifiable, 0);
    }

    private void compare(
            Optional<Publication.Stated> said,
            TenantFacts facts,
            EnvironmentId environment,
            ErasurePositions erasures) {
        Optional<Decider> decider = decider(said);
        if (decider.isEmpty()) {
            leave("It was decided by the profile %s, which this release does not know."
                    .formatted(said.map(Publication.Stated::ruleProfile).orElse("")));
            return;
        }
        OutputComparison comparison = new OutputComparison(decider.get(), output.tenant(), environment, facts, times);
        if (said.isPresent()) {
            misnamedCause(said.get()).or(() -> comparison.deviation(said.get())).ifPresent(this::found);
        } else if (erasures.of(output.tenant()).equals(erasures.before(output.tenant(), position))) {
            comparison.deviationOfTombstone(output.warning()).ifPresent(this::found);
        } else {
            leave("The tenant was erased later; a tombstone does not say whether it belongs to that.");
        }
    }

    private void found(Deviation deviation) {
        findings.add(output.finding(deviation));
    }

    /// The profile that the output names, with the evidence that the application is configured to ask for.
    private Optional<Decider> decider(Optional<Publication.Stated> said) {
        return said.map(Publication.Stated::ruleProfile)
                .filter(name -> !name.equals(subject.profile().name()))
                .map(name -> RuleProfiles.named(name)
                        .map(profile -> profile.with(subject.profile().evidence())))
                .orElseGet(() -> Optional.of(subject.profile()))
                .map(Decider::new);
    }

    /// What the output says; empty for a tombstone, and for a record that cannot be read, which is a finding.
    private Optional<Publication.Stated> publication() {
        try {
            return PublishedOutputs.read(
                    TopicSchemas.reader(subject.registry(), Topic.withSchema(Topic.Direction.OUT)), output.record());
        } catch (PayloadException | IllegalArgumentException unreadable) {
            found(new Deviation(Optional.empty(), "The record cannot be read: " + unreadable.getMessage()));
            return Optional.empty();
        }
    }

    /// The facts of the tenant below the position.
    private TenantFacts facts(PartitionLogs logs, ErasurePositions erasures, Optional<Cause> cause) {
        Optional<Position> erased = erasures.before(output.tenant(), position);
        Optional<OriginCoordinates> causedAt =
                cause.map(named -> new OriginCoordinates(named.topic(), named.partition(), named.offset()));
        TenantFacts facts = proof.base()
                .filter(_ -> erased.filter(erasure -> !ErasurePositions.isNoLater(erasure, start()))
                        .isEmpty())
                .map(folder ->
                        folder.rows(position.partition()).facts(output.tenant()).copy())
                .orElseGet(TenantFacts::new);
        logs.readInputs(position, read -> {
            Topic topic = subject.names().topic(read.topic()).orElseThrow();
            if (read.offset() < position.next(topic)
                    && erased.filter(erasure -> read.offset() < erasure.next(topic))
                            .isEmpty()
                    && proof.admission().read(read) instanceof Admitted accepted
                    && accepted.event().tenantId().equals(output.tenant())) {
                events++;
                facts.add(accepted.event());
                times.add(accepted.event().occurredAt());
                if (causedAt.filter(accepted.origin()::equals).isPresent()) {
                    causing = Optional.of(accepted);
                }
            }
        });
        return facts;
    }

    /// Whether the output names an event of the tenant as its cause that is not there, as far as it must be among those
    /// that were read.
    private Optional<Deviation> misnamedCause(Publication.Stated said) {
        Cause cause = said.cause();
        Optional<Topic> topic = subject.names()
                .topic(cause.topic())
                .filter(named -> Topics.events().contains(named))
                .filter(named -> cause.partition() == position.partition() && cause.offset() >= start().next(named));
        boolean named = causing.map(read -> read.origin().causeOf(read.event()).equals(cause))
                .orElse(topic.isEmpty());
        return named
                ? Optional.empty()
                : Optional.of(Deviation.of(
                        Rule.R15,
                        Deviation.sentence(
                                "The event that the record names as its cause", causing.map(Admitted::event), cause)));
    }
}
