package io.keyward.app;

import io.keyward.registry.RegistryException;
import io.keyward.registry.ValueSerde;
import io.keyward.topology.RecordLimits;
import io.keyward.topology.Topic;
import java.util.List;

/// What must hold before Kafka Streams starts: it would stall, or decide on the wrong partitions, where this says what
/// is missing and the command that mends it.
final class StartChecks {
    private final KeywardConfig config;

    StartChecks(KeywardConfig config) {
        this.config = config;
    }

    /// What the topics of the cluster offer to the flow.
    ///
    /// @param inputPartitions the count that all inputs share
    record Ground(int inputPartitions, RecordLimits records) {}

    /// Checks that the user may do what the processor does.
    ///
    /// @throws CommandFailedException that lists every operation that is not allowed
    void access() {
        try (AccessCheck access = AccessCheck.connect(config)) {
            access.require();
        }
    }

    /// Checks every topic against its contract.
    ///
    /// @throws CommandFailedException that lists every topic that is not as it must be
    Ground topics() {
        try (TopicAdmin topics = TopicAdmin.connect(config)) {
            List<TopicRow> rows = topics.describe();
            TopicCheck check = topics.check(rows);
            if (!check.passed()) {
                throw new CommandFailedException(
                        "The topics are not ready:%n%s".formatted(Remedies.text(check.findings())));
            }
            return new Ground(check.inputPartitions().orElseThrow(), recordLimits(rows));
        }
    }

    /// The producer has a limit of its own besides those of the topics.
    private RecordLimits recordLimits(List<TopicRow> rows) {
        int request = StreamsProperties.maxRequestBytes(config);
        return RecordLimits.within(
                Math.min(request, maxRecordBytes(rows, Topic.REROUTED)),
                Math.min(request, maxRecordBytes(rows, Topic.DEAD_LETTERS)));
    }

    private static int maxRecordBytes(List<TopicRow> rows, Topic topic) {
        return rows.stream()
                .filter(row -> row.contract().topic() == topic)
                .mapToInt(row -> row.state().orElseThrow().maxRecordBytes())
                .findFirst()
                .orElseThrow();
    }

    /// Resolves the id of every output schema, which proves that the registry answers and accepts what is written. With
    /// a serde of somebody else's that shows at the first record.
    ///
    /// @throws CommandFailedException if the registry does not answer within its retries, or refuses a schema
    void outputSchemas(ValueSerde values) {
        try {
            RegistryConnection.schemas(config).resolveOutputs(values.writer());
        } catch (RegistryException failure) {
            throw new CommandFailedException(
                    "The schemas of the outputs cannot be resolved: %s. The registry is keyward.registry.url; unless keyward.registry.auto.register.schemas is true, register the schemas first: bin/keyward schemas register"
                            .formatted(failure.getMessage()),
                    failure);
        }
    }
}
