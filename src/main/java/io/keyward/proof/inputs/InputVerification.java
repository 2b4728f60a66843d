package io.keyward.proof.inputs;

import io.keyward.avro.EventReader;
import io.keyward.proof.Finding;
import io.keyward.proof.LogOffsets;
import io.keyward.proof.ProofException;
import io.keyward.proof.ProofProgress;
import io.keyward.proof.Report;
import io.keyward.proof.Subject;
import io.keyward.proof.Unverifiable;
import io.keyward.registry.ValueSerde;
import io.keyward.topology.Admission;
import io.keyward.topology.Bounds;
import io.keyward.topology.GroupPositions;
import io.keyward.topology.Position;
import io.keyward.topology.contract.TenantPartitioner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;

/// Proves that the facts in the changelogs are those that the inputs state: the retained inputs, read as the
/// topology reads them and added to the facts of a base, or to none, must give the facts in the rows. A fact
/// that was lost, and a fact that no input states, are findings. What retention has deleted is not verifiable,
/// which is not passed.
///
/// It joins no group and writes nothing, and may run against a live cluster ([PartitionVerification]). A
/// partition needs to be in memory only while it is verified. Events that were read on a wrong partition are
/// among the facts of another one: as a rule its topic `rerouted` holds them, too; if it does not any more,
/// that partition is verified once more.
public final class InputVerification {
    /// How long rerouted records that are not decided yet are waited for, in each partition.
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int LISTED = 10_000;

    private final Subject subject;
    private final Optional<BaseFolder> base;
    private final Duration patience;
    private final Admission admission;
    private final DeletedInputs inputs;
    private Erasures erasures = new Erasures();
    private final List<Unverifiable> deleted = new ArrayList<>();
    private final Map<Integer, PartitionVerification.Result> results = new TreeMap<>();

    private InputVerification(
            Subject subject, ValueSerde values, Bounds bounds, Optional<BaseFolder> base, Duration patience) {
        this.subject = subject;
        this.base = base;
        this.patience = patience;
        this.inputs = new DeletedInputs(subject.names(), base.map(BaseFolder::base));
        this.admission = new Admission(new EventReader(values), subject.names(), bounds);
    }

    /// Verifies an application.
    ///
    /// @param values how the application reads values
    /// @param bounds by which the application admits records
    /// @param base with which the facts begin; without one they begin with the first record of every input
    /// @param patience how long to wait, in each partition, for rerouted records that are not decided yet
    /// @throws ProofException if a topic is missing, or the base is not of this application
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    /// @throws io.keyward.registry.client.RegistryException if the registry does not answer
    public static Report run(
            Subject subject,
            ValueSerde values,
            Bounds bounds,
            Optional<BaseFolder> base,
            Duration patience,
            ProofProgress progress) {
        return new InputVerification(subject, values, bounds, base, patience).verify(progress);
    }

    private Report verify(ProofProgress progress) {
        try (Admin admin = Admin.create(subject.kafka());
                GroupPositions group = new GroupPositions(subject.kafka(), subject.applicationId(), subject.names())) {
            InputTopics topics = InputTopics.ask(admin, subject);
            base.ifPresent(folder -> folder.requireOf(subject.applicationId(), topics.partitions()));
            deleted.addAll(inputs.among(LogOffsets.of(admin, topics.all(), OffsetSpec.earliest())));
            erasures = Erasures.read(admin, subject);
            Shown shown = Shown.ofAll(admin, topics.all(), progress);
            for (int partition = 0; partition < topics.partitions(); partition++) {
                results.put(partition, verify(partition, topics, group, shown, List.of()));
            }
            elsewhere(topics.partitions())
                    .forEach((partition, events) ->
                            results.put(partition, verify(partition, topics, group, shown, events)));
            return report(Erasures.read(admin, subject));
        }
    }

    private PartitionVerification.Result verify(
            int partition, InputTopics topics, GroupPositions group, Shown shown, List<ReadEvent> elsewhere) {
        Position start = inputs.start(partition);
        PartitionVerification.Scope scope =
                new PartitionVerification.Scope(subject, start, topics.partitions(), deleted.isEmpty());
        FactRows rows = base.map(folder -> folder.rows(partition)).orElseGet(FactRows::new);
        try (ClusterLogs logs = ClusterLogs.open(subject, group, start, shown::add)) {
            return new PartitionVerification(scope, admission, rows, erasures).verify(logs, elsewhere, patience);
        }
    }

    /// The events of each partition that were read on others, and whose rerouted copy it has not read.
    private Map<Integer, List<ReadEvent>> elsewhere(int partitions) {
        Map<Integer, List<ReadEvent>> all = new HashMap<>();
        results.values().stream().flatMap(result -> result.misplaced().stream()).forEach(read -> {
            int home = TenantPartitioner.home(read.event().tenantId().value(), partitions);
            if (!results.get(home).copies().contains(read.origin())) {
                all.computeIfAbsent(home, _ -> new ArrayList<>()).add(read);
            }
        });
        return all;
    }

    /// A tenant that was erased while it was verified is not verifiable, whatever was found.
    ///
    /// @param now the erasures after the verification
    private Report report(Erasures now) {
        List<Finding> findings = new ArrayList<>();
        List<Unverifiable> unverifiable = new ArrayList<>(deleted);
        results.values().forEach(result -> {
            for (Finding finding : result.findings()) {
                if (finding.tenant().flatMap(now::of).equals(finding.tenant().flatMap(erasures::of))) {
                    findings.add(finding);
                } else {
                    unverifiable.add(new Unverifiable(
                            finding.topic(),
                            finding.partition(),
                            finding.tenant(),
                            finding.environment(),
                            "The tenant was erased while it was verified."));
                }
            }
            unverifiable.addAll(result.unverifiable());
        });
        long omitted = Math.max(0L, findings.size() - LISTED) + Math.max(0L, unverifiable.size() - LISTED);
        return new Report(
                sum(PartitionVerification.Result::environments),
                sum(PartitionVerification.Result::keys),
                sum(PartitionVerification.Result::tenants),
                sum(PartitionVerification.Result::events),
                findings.subList(0, Math.min(LISTED, findings.size())),
                unverifiable.subList(0, Math.min(LISTED, unverifiable.size())),
                omitted);
    }

    private long sum(ToLongFunction<PartitionVerification.Result> what) {
        return results.values().stream().mapToLong(what).sum();
    }
}
