package io.keyward.proof.inputs;

import io.keyward.client.Position;
import io.keyward.client.TenantPartitioner;
import io.keyward.cluster.CommandFailedException;
import io.keyward.proof.LogOffsets;
import io.keyward.proof.ProofFinding;
import io.keyward.proof.ReadProgress;
import io.keyward.proof.Report;
import io.keyward.proof.Unverifiable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    private final InputProof proof;
    private final Duration patience;
    private ErasurePositions erasures = new ErasurePositions();
    private final List<Unverifiable> deleted = new ArrayList<>();
    private final Map<Integer, PartitionVerification.Result> results = new TreeMap<>();

    private InputVerification(InputProof proof, Duration patience) {
        this.proof = proof;
        this.patience = patience;
    }

    /// Verifies an application.
    ///
    /// @param patience how long to wait, in each partition, for rerouted records that are not decided yet
    /// @throws CommandFailedException if a topic is missing, or the base is not of this application
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    /// @throws io.keyward.registry.client.RegistryException if the registry does not answer
    public static Report run(InputProof proof, Duration patience) {
        return InputTopics.with(proof.subject(), new InputVerification(proof, patience)::verify);
    }

    private Report verify(InputTopics topics) {
        proof.requireBaseOf(topics);
        deleted.addAll(proof.deleted(LogOffsets.of(topics.admin(), topics.all(), OffsetSpec.earliest())));
        erasures = ErasurePositions.read(topics);
        ReadProgress shown = new ReadProgress(topics.admin(), topics.all(), proof.progress());
        for (int partition = 0; partition < topics.partitions(); partition++) {
            results.put(partition, verify(partition, topics, shown, List.of()));
        }
        elsewhere(topics.partitions())
                .forEach((partition, events) -> results.put(partition, verify(partition, topics, shown, events)));
        return report(ErasurePositions.read(topics));
    }

    private PartitionVerification.Result verify(
            int partition, InputTopics topics, ReadProgress shown, List<ReadEvent> elsewhere) {
        Position start = proof.start(partition);
        PartitionVerification.Scope scope =
                new PartitionVerification.Scope(proof.subject(), start, topics.partitions(), deleted.isEmpty());
        FactRows rows = proof.base().map(folder -> folder.rows(partition)).orElseGet(FactRows::new);
        try (ClusterLogs logs = ClusterLogs.open(topics, start, shown)) {
            return new PartitionVerification(scope, proof.admission(), rows, erasures)
                    .verify(logs, elsewhere, patience);
        }
    }

    /// The events of each partition that were read on others, and whose rerouted copy it has not read.
    private Map<Integer, List<ReadEvent>> elsewhere(int partitions) {
        Map<Integer, List<ReadEvent>> all = new HashMap<>();
        results.values().stream().flatMap(result -> result.misplaced().stream()).forEach(read -> {
            int owningPartition =
                    TenantPartitioner.partitionOf(read.event().tenantId().value(), partitions);
            if (!results.get(owningPartition).copies().contains(read.origin())) {
                all.computeIfAbsent(owningPartition, _ -> new ArrayList<>()).add(read);
            }
        });
        return all;
    }

    /// A tenant that was erased while it was verified is not verifiable, whatever was found.
    ///
    /// @param now the erasures after the verification
    private Report report(ErasurePositions now) {
        Report all = Report.joined(results.values().stream()
                .map(PartitionVerification.Result::report)
                .toList());
        List<ProofFinding> findings = new ArrayList<>();
        List<Unverifiable> unverifiable = new ArrayList<>(deleted);
        for (ProofFinding finding : all.findings()) {
            if (finding.tenant().flatMap(now::of).equals(finding.tenant().flatMap(erasures::of))) {
                findings.add(finding);
            } else {
                unverifiable.add(finding.unverifiable("The tenant was erased while it was verified."));
            }
        }
        unverifiable.addAll(all.unverifiable());
        List<ProofFinding> listed = findings.stream().limit(Report.LISTED).toList();
        List<Unverifiable> left = unverifiable.stream().limit(Report.LISTED).toList();
        int omitted = findings.size() - listed.size() + unverifiable.size() - left.size();
        return new Report(all.environments(), all.keys(), all.tenants(), all.outputs(), listed, left, omitted);
    }
}
