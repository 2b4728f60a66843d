package io.keyward.app.cluster;

import io.keyward.topology.contract.Topic;
import io.keyward.topology.contract.TopicContract;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/// Compares the topics of a cluster with their contracts.
///
/// The operator chooses retention, replication and the partition counts of outputs. But a replicated topic must
/// have a record on two brokers before the record counts as written.
record TopicComparison(List<TopicRow> rows, String bootstrapServers) {
    private static final List<String> RELIED_ON = List.of("cleanup.policy", "message.timestamp.type");

    TopicAdmin.TopicCheck check() {
        return new TopicAdmin.TopicCheck(
                rows.stream().flatMap(this::findings).toList(), shortRetentions(), inputPartitions());
    }

    List<TopicFinding> findings(String topic) {
        return rows.stream()
                .filter(row -> row.name().equals(topic))
                .flatMap(this::findings)
                .toList();
    }

    /// The largest partition count among the existing topics that must share one.
    OptionalInt greatestSharedCount() {
        return rows.stream()
                .filter(row -> row.contract().sharesPartitionCount())
                .flatMap(row -> row.state().stream())
                .mapToInt(TopicRow.TopicState::partitions)
                .max();
    }

    private Stream<TopicFinding> findings(TopicRow row) {
        return row.state()
                .map(state -> Stream.concat(partitions(row, state), settings(row, state)))
                .orElseGet(() -> Stream.of(TopicFinding.absent(row.name())));
    }

    private Stream<TopicFinding> partitions(TopicRow row, TopicRow.TopicState state) {
        return row.contract().sharesPartitionCount()
                ? greatestSharedCount().stream()
                        .filter(greatest -> greatest != state.partitions())
                        .mapToObj(greatest -> TopicFinding.partitionsDiffer(
                                row.name(), state.partitions(), greatest, bootstrapServers))
                : Stream.empty();
    }

    private Stream<TopicFinding> settings(TopicRow row, TopicRow.TopicState state) {
        return Stream.of(different(row, state), tooSmall(row, state), inSync(row.name(), state, bootstrapServers))
                .flatMap(findings -> findings);
    }

    /// A finding if a written record may be on one broker only, or if the topic accepts no records.
    static Stream<TopicFinding> inSync(String topic, TopicRow.TopicState state, String bootstrapServers) {
        return TopicFinding.inSyncReplicas(topic, state.replication(), state.inSyncReplicas(), bootstrapServers)
                .stream();
    }

    /// What of the events would be deleted earlier than the contract allows. Only the contract of a topic with events
    /// asks to keep them for so long.
    private List<TopicFinding> shortRetentions() {
        return rows.stream()
                .filter(row -> row.contract()
                        .retention()
                        .filter(TopicFinding::isEnough)
                        .isPresent())
                .flatMap(row -> row.state().stream().flatMap(state -> retention(row, state)))
                .toList();
    }

    private Stream<TopicFinding> retention(TopicRow row, TopicRow.TopicState state) {
        Stream<TopicFinding> byTime = state
                .retention()
                .filter(kept -> !TopicFinding.isEnough(kept))
                .map(kept -> TopicFinding.keptTooShort(
                        row.name(), kept, row.contract().retention().orElseThrow(), bootstrapServers))
                .stream();
        Stream<TopicFinding> bySize = state.retainedBytes().stream()
                .mapToObj(bytes -> TopicFinding.keptUpToASize(row.name(), bytes, bootstrapServers));
        return Stream.concat(byTime, bySize);
    }

    private Stream<TopicFinding> tooSmall(TopicRow row, TopicRow.TopicState state) {
        return Stream.ofNullable(row.contract().config().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG))
                .map(Integer::parseInt)
                .filter(least -> state.maxRecordBytes() < least)
                .map(least ->
                        TopicFinding.recordsTooSmall(row.name(), state.maxRecordBytes(), least, bootstrapServers));
    }

    private Stream<TopicFinding> different(TopicRow row, TopicRow.TopicState state) {
        TopicContract contract = row.contract();
        return RELIED_ON.stream()
                .filter(setting ->
                        !contract.config().get(setting).equals(state.config().get(setting)))
                .map(setting -> TopicFinding.settingDiffers(
                        row.name(),
                        setting,
                        state.config().getOrDefault(setting, "unknown"),
                        contract.config().get(setting),
                        bootstrapServers));
    }

    private OptionalInt inputPartitions() {
        List<TopicRow.TopicState> inputs = rows.stream()
                .filter(row -> row.contract().topic().direction() == Topic.Direction.IN)
                .flatMap(row -> row.state().stream())
                .toList();
        boolean agreed = inputs.size() == Topic.inputs().size()
                && inputs.stream()
                                .mapToInt(TopicRow.TopicState::partitions)
                                .distinct()
                                .count()
                        == 1;
        return agreed ? OptionalInt.of(inputs.getFirst().partitions()) : OptionalInt.empty();
    }
}
