package io.keyward.app;

import io.keyward.avro.TopicSchemas;
import io.keyward.registry.RegistryException;
import io.keyward.registry.SchemaRegistry;
import io.keyward.topology.Topic;
import io.keyward.topology.TopicNames;

/// What must hold before Kafka Streams starts: it would stall, or decide on the wrong partitions, where this says what
/// is missing and the command that mends it.
final class StartChecks {
    private final KeywardConfig config;

    StartChecks(KeywardConfig config) {
        this.config = config;
    }

    /// Checks every topic against its contract.
    ///
    /// @return the partition count that all inputs share on the cluster
    /// @throws CommandFailedException that lists every topic that is not as it must be
    int inputPartitions() {
        try (TopicAdmin topics = TopicAdmin.connect(config)) {
            TopicCheck check = topics.check();
            if (!check.passed()) {
                throw new CommandFailedException(
                        "The topics are not ready:%n%s".formatted(Remedies.text(check.findings())));
            }
            return check.inputPartitions().orElseThrow();
        }
    }

    /// Resolves the id of every output schema, which proves that the registry answers and accepts what is written.
    ///
    /// @throws CommandFailedException if the registry does not answer within its retries, or refuses a schema
    void outputSchemas(SchemaRegistry registry) {
        TopicNames names = config.topics().names();
        try {
            new TopicSchemas(
                            registry,
                            topic -> names.name(Topic.ofBaseName(topic).orElseThrow()))
                    .resolveOutputs(config.registrySettings().serializer());
        } catch (RegistryException failure) {
            throw new CommandFailedException(
                    "The schemas of the outputs cannot be resolved: %s. The registry is keyward.registry.url; unless keyward.registry.auto.register.schemas is true, register the schemas first."
                            .formatted(failure.getMessage()),
                    failure);
        }
    }
}
