package io.keyward.app.start;

import io.keyward.app.cluster.CommandFailedException;
import io.keyward.app.cluster.TopicFinding;
import io.keyward.app.config.KeywardConfig;
import io.keyward.app.config.RegistryConnection;
import io.keyward.registry.ValueSerde;
import io.keyward.topology.contract.Topic;
import java.util.List;
import java.util.Set;

/// Checks what must hold before an intake takes anything. Otherwise it would answer every sender with a failure. Each
/// failure names what is missing and the command that fixes it.
public record IntakeChecks(KeywardConfig config) {
    /// Checks that the topics which the intake writes are there, and that the user may write to them. Their contract
    /// is checked by who reads them; an intake's user may not see their settings.
    ///
    /// @throws CommandFailedException that lists what is not allowed, or else what is missing
    public void checkTopics() {
        List<String> names = Topic.writtenByTheIntake().stream()
                .map(config.topics().names()::name)
                .toList();
        try (AccessCheck access = AccessCheck.connect(config)) {
            access.requireToWrite(names);
            Set<String> found = access.answers().topics(names).keySet();
            List<TopicFinding> absent = names.stream()
                    .filter(name -> !found.contains(name))
                    .map(TopicFinding::absent)
                    .toList();
            if (!absent.isEmpty()) {
                throw new CommandFailedException(StartChecks.notReady(absent));
            }
        }
    }

    /// Resolves the id of every schema that is written, as [StartChecks#checkSchemas] does.
    ///
    /// @throws CommandFailedException if the registry does not answer within its retries, or refuses a schema
    public void checkSchemas(ValueSerde values) {
        StartChecks.resolving(() -> RegistryConnection.schemas(config).resolveIntake(values.writer()));
    }
}
