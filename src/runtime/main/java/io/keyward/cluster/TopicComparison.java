package io.keyward.cluster;

import io.keyward.client.Topic;
import io.keyward.cluster.TopicRow.TopicState;
import io.keyward.config.TopicSettings;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// Compares the topics of a cluster with their contracts.
///
/// The operator chooses retention, replication and the partition counts of outputs. But a replicated topic must
/// keep a record on two brokers before the record counts as written.
record TopicComparison(List<TopicRow> rows, String bootstrapServers) {
    /// A month, and some days to notice that something is wrong.
    private static final Duration LEAST_RETENTION = Duration.ofDays(35);

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
                .mapToInt(TopicState::partitions)
                .max();
    }

    private Stream<TopicFinding> findings(TopicRow row) {
        return row.state()
                .map(state -> Stream.of(
                                fewerPartitions(row, state),
                                TopicFinding.ofSettings(
                                        bootstrapServers,
                                        row.name(),
                                        row.contract().config(),
                                        state.config()),
                                inSync(row.name(), state))
                        .flatMap(findings -> findings))
                .orElseGet(() -> Stream.of(TopicFinding.absent(row.name())));
    }

    /// Partitions can only be added, so the greatest count among the inputs and `rerouted` is required for all.
    private Stream<TopicFinding> fewerPartitions(TopicRow row, TopicState state) {
        int greatest = greatestSharedCount().orElse(0);
        if (!row.contract().sharesPartitionCount() || state.partitions() == greatest) {
            return Stream.empty();
        }
        return Stream.of(new TopicFinding(
                "Topic %s has %d partitions where another input has %d, so the events of one tenant would reach different instances. If Keyward has run already, move its state as well: bin/keyward reshard run --partitions %d. If it has not:"
                        .formatted(row.name(), state.partitions(), greatest, greatest),
                "kafka-topics.sh --bootstrap-server %s --alter --topic %s --partitions %d"
                        .formatted(bootstrapServers, row.name(), greatest)));
    }

    /// A finding if a written record may be on one broker only, or if the topic cannot accept records.
    Stream<TopicFinding> inSync(String topic, TopicState state) {
        int wanted = state.replication() < TopicSettings.ENOUGH_REPLICAS ? 1 : TopicSettings.MIN_IN_SYNC_REPLICAS;
        int inSync = state.inSyncReplicas();
        if (inSync >= wanted && inSync <= state.replication()) {
            return Stream.empty();
        }
        String consequence = inSync > state.replication()
                ? "nothing can be written"
                : "a record counts as written once it is on one broker, and is lost with that broker's disk";
        return Stream.of(finding(
                topic,
                "min.insync.replicas=" + wanted,
                "Topic %s has min.insync.replicas=%d with a replication of %d: %s."
                        .formatted(topic, inSync, state.replication(), consequence)));
    }

    /// Event topics whose records are deleted earlier than the contract requires. No decision is wrong because of
    /// that. Only contracts of event topics require a retention this long.
    private List<TopicFinding> shortRetentions() {
        return rows.stream()
                .flatMap(row -> row.contract()
                        .retention()
                        .filter(TopicComparison::isEnough)
                        .flatMap(wanted -> row.state().map(state -> retention(row.name(), state, wanted)))
                        .orElseGet(Stream::empty))
                .toList();
    }

    private Stream<TopicFinding> retention(String topic, TopicState state, Duration wanted) {
        Stream<TopicFinding> byTime = state
                .retention()
                .filter(kept -> !isEnough(kept))
                .map(kept -> finding(
                        topic,
                        "retention.ms=" + wanted.toMillis(),
                        "Topic %s has retention.ms=%d (%s): keep events for %d days, and at least for %d, because deleted events cannot be verified, or read again after a disaster."
                                .formatted(
                                        topic,
                                        kept.toMillis(),
                                        inWords(kept),
                                        wanted.toDays(),
                                        LEAST_RETENTION.toDays())))
                .stream();
        Stream<TopicFinding> bySize = state.retainedBytes().stream()
                .mapToObj(bytes -> finding(
                        topic,
                        "retention.bytes=-1",
                        "Topic %s has retention.bytes=%d: a larger partition loses events regardless of their age, and deleted events cannot be verified, or read again after a disaster."
                                .formatted(topic, bytes)));
        return Stream.concat(byTime, bySize);
    }

    /// Whether events that are kept this long can be verified and read again.
    private static boolean isEnough(Duration retention) {
        return retention.compareTo(LEAST_RETENTION) >= 0;
    }

    private static String inWords(Duration time) {
        return time.toDays() > 0 ? time.toDays() + " days" : time.toHours() + " hours";
    }

    /// @param remedy the setting that removes the difference, as `name=value`
    private TopicFinding finding(String topic, String remedy, String sentence) {
        return new TopicFinding(sentence, TopicFinding.alterTopic(bootstrapServers, topic, remedy));
    }

    private OptionalInt inputPartitions() {
        List<TopicState> inputs = rows.stream()
                .filter(row -> row.contract().topic().direction() == Topic.Direction.IN)
                .flatMap(row -> row.state().stream())
                .toList();
        boolean agreed = inputs.size() == Topic.inputs().size()
                && inputs.stream().mapToInt(TopicState::partitions).distinct().count() == 1;
        return agreed ? OptionalInt.of(inputs.getFirst().partitions()) : OptionalInt.empty();
    }
}
