package io.keyward.app.run;

import io.keyward.app.start.StartChecks;
import io.keyward.cluster.CommandFailedException;
import io.keyward.config.ConfigurationException;
import io.keyward.config.KeywardConfig;
import io.keyward.config.RuleSettings;
import io.keyward.domain.RuleProfile;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.topology.Bounds;
import io.keyward.topology.Flow;
import io.keyward.topology.contract.RuleProfiles;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// One processor with all its parts, from its checks to its end.
///
/// @param notes problems that do not prevent a start
public record Instance(KeywardConfig config, InstanceParts made, List<String> notes) implements Service {
    /// Checks everything that a start depends on, and makes an instance that can be started. Its HTTP endpoint
    /// answers already.
    ///
    /// @param configured for any generation: the one that the cluster names is prepared
    /// @param startAnew whether a first start from incomplete inputs is allowed
    /// @param clock that decides when deadlines are due (R25)
    /// @throws ConfigurationException if the configuration cannot be used
    /// @throws CommandFailedException if the cluster or the registry do not meet the requirements
    public static Instance prepare(KeywardConfig configured, boolean startAnew, InstantSource clock) {
        Prerequisites prerequisites = new Prerequisites(configured, true, startAnew);
        List<String> notes = new ArrayList<>(prerequisites.require());
        KeywardConfig config = prerequisites.config();
        RuleProfile profile = profile(config.rules());
        StartChecks.CheckedTopics layout = prerequisites.layout();
        StartChecks checks = new StartChecks(config);
        Bounds bounds = config.rules().bounds().withRecords(layout.records());
        Flow flow = new Flow(config.topics().names(), layout.inputPartitions(), profile, bounds, clock);
        return Assembly.assemble(made -> {
            RegistryAccess registry = made.add(RegistryAccess.open(config));
            registry.health()
                    .outageMeans("the start waits up to %d s for it, and then fails"
                            .formatted(
                                    config.registrySettings().retry().deadline().toSeconds()));
            checks.checkSchemas(registry.values());
            registry.health().outageMeans(RegistryHealth.RECORDS_WAIT);
            if (startAnew) {
                checks.startAnew(layout.inputPartitions()).ifPresent(notes::add);
            }
            return new Instance(config, InstanceParts.assemble(config, flow, registry), notes);
        });
    }

    public URI httpUri() {
        return made.http().uri();
    }

    public void start() {
        made.runtime().start();
    }

    /// Begins to watch keys in their vaults, if that is configured.
    public void watchKeys() {
        made.watch().ifPresent(KeyWatchAssembly::start);
    }

    /// Whether the instance has stopped by itself.
    public boolean hasEnded() {
        return ended().isDone();
    }

    @Override
    public void awaitEnd(StopSignal stop) {
        CompletableFuture.anyOf(ended(), stop.given()).join();
        rethrowFailure();
    }

    /// Without its watch an instance would miss revocations, so it ends with it.
    private CompletableFuture<?> ended() {
        CompletableFuture<?>[] ends = Stream.concat(
                        Stream.of(made.runtime().ended()),
                        made.watch().stream().map(keys -> keys.watch().ended().handle((_, _) -> null)))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.anyOf(ends);
    }

    /// Does nothing if the instance was stopped on purpose.
    @Override
    public void rethrowFailure() {
        made.watch().flatMap(KeyWatchAssembly::failure).ifPresent(failure -> {
            throw new CommandFailedException("The key watch has stopped because of a failure: " + failure, failure);
        });
        made.runtime().failure().ifPresent(failure -> {
            throw new CommandFailedException(
                    "The processor has stopped because of a failure: " + new FailureAdvice(config).explain(failure),
                    failure);
        });
    }

    @Override
    public Assembly parts() {
        return made.parts();
    }

    /// The configured rule profile.
    ///
    /// @throws ConfigurationException if there is no profile of that name
    public static RuleProfile profile(RuleSettings rules) {
        RuleProfile named = RuleProfiles.named(rules.value(RuleSettings.PROFILE))
                .orElseThrow(() -> new ConfigurationException(List.of("%s = %s: must be one of %s."
                        .formatted(
                                RuleSettings.PROFILE.key(),
                                rules.value(RuleSettings.PROFILE),
                                String.join(", ", RuleProfiles.names())))));
        return rules.find(RuleSettings.EVIDENCE).map(named::with).orElse(named);
    }
}
