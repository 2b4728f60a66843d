package io.keyward.app.console;

import io.keyward.app.run.Assembly;
import io.keyward.app.run.Instance;
import io.keyward.app.run.ProductVersion;
import io.keyward.app.run.ServedPages;
import io.keyward.app.run.Service;
import io.keyward.client.TopicNames;
import io.keyward.cluster.ClusterException;
import io.keyward.cluster.CommandFailedException;
import io.keyward.cluster.Generations;
import io.keyward.config.AccessSettings;
import io.keyward.config.ConsoleSettings;
import io.keyward.config.HttpDefinitions;
import io.keyward.config.HttpSettings;
import io.keyward.config.KeywardConfig;
import io.keyward.config.RegistryConnection;
import io.keyward.config.RenewedTls;
import io.keyward.config.VaultLink;
import io.keyward.console.access.ConsoleGate;
import io.keyward.console.answer.Questions;
import io.keyward.console.api.ConsoleApi;
import io.keyward.console.api.NotCaughtUpException;
import io.keyward.console.api.Views;
import io.keyward.console.replica.DatabaseSettings;
import io.keyward.console.replica.FollowedTopics;
import io.keyward.console.replica.Replica;
import io.keyward.console.replica.ReplicaSettings;
import io.keyward.console.replica.ReplicaStatus;
import io.keyward.console.replica.ReplicaStatus.Phase;
import io.keyward.console.web.AccountPages;
import io.keyward.console.web.ConsolePages;
import io.keyward.console.whatif.WhatIf;
import io.keyward.console.whatif.WhatIfLimits;
import io.keyward.domain.Decider;
import io.keyward.domain.RuleProfile;
import io.keyward.ops.health.Health;
import io.keyward.ops.http.HttpEndpoint;
import io.keyward.ops.http.Route;
import io.keyward.ops.metrics.ConsoleMetrics;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.topology.read.OutputReader;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A running console.
///
/// @param parts in the order in which they were made
public record Console(Replica replica, URI uri, Assembly parts) implements Service {
    /// Event lines of a question: far more than a person writes.
    private static final int LARGEST_BODY = 1 << 20;

    /// Starts a console. It serves at once, and answers questions once it has read what was there.
    ///
    /// @throws io.keyward.config.ConfigurationException if the rule profile or a setting of the
    ///     registry is bad
    /// @throws io.keyward.console.replica.ReplicaException if its folder cannot be used
    /// @throws io.keyward.ops.http.HttpEndpointException if its address or one of its files cannot be used
    public static Console start(KeywardConfig config) {
        return Assembly.assemble(made -> assemble(config, InstantSource.system(), made));
    }

    /// Whether questions are answered.
    public boolean isReady() {
        return replica.status().ready();
    }

    @Override
    public void rethrowFailure() {
        ReplicaStatus now = replica.status();
        if (now.phase() == Phase.FAILED) {
            throw new CommandFailedException("The console cannot go on: " + now.message());
        }
    }

    /// The endpoint comes last, so that it goes first: nobody asks any more then.
    private static Console assemble(KeywardConfig config, InstantSource clock, Assembly made) {
        RuleProfile profile = Instance.profile(config.rules());
        SchemaRegistry registry = made.add(RegistryConnection.open(config));
        ConsoleMetrics metrics = made.add(new ConsoleMetrics(ProductVersion.current(), profile));
        Replica replica = made.add(Replica.start(replicaSettings(config, profile, clock), () -> followed(config)));
        metrics.watch(() -> progress(replica.status()), clock);
        Questions questions = questions(config, profile, registry, clock);
        Views views = caller -> {
            ReplicaStatus status = replica.status();
            if (!status.ready()) {
                throw new NotCaughtUpException(status.message(), status.lag());
            }
            return replica.view(caller);
        };
        HttpSettings settings = config.http(HttpDefinitions.CONSOLE);
        ConsoleGate gate = made.add(new ConsoleGate(
                HttpEndpoint.gate(settings.options(LARGEST_BODY)), new AccessSettings(config.values()), clock));
        List<Route> endpoints = Stream.of(
                        answers(views, questions, gate, config.find(ConsoleSettings.VAULT_LINK)),
                        ServedPages.operations(metrics.page(), () -> readiness(replica)))
                .flatMap(List::stream)
                .map(metrics::measured)
                .toList();
        HttpEndpoint http = made.add(ServedPages.start(settings, LARGEST_BODY, endpoints, gate));
        metrics.watch(http);
        RenewedTls.expiry(config.kafka().values()).ifPresent(metrics::watchClients);
        return new Console(replica, http.uri(), made);
    }

    private static Questions questions(
            KeywardConfig config, RuleProfile profile, SchemaRegistry registry, InstantSource clock) {
        TopicNames names = config.topics().names();
        return new Questions(
                new Decider(profile),
                new WhatIf(names, profile, config.rules().bounds(), WhatIfLimits.DEFAULT),
                () -> new OutputReader(registry, names),
                clock);
    }

    private static ReplicaSettings replicaSettings(KeywardConfig config, RuleProfile profile, InstantSource clock) {
        return new ReplicaSettings(
                config.kafka(),
                topicsOf(config),
                new DatabaseSettings(
                        config.value(ConsoleSettings.DIR),
                        config.value(ConsoleSettings.MEMORY).bytes(),
                        config.value(ConsoleSettings.HISTORY),
                        Decider.rulesOf(profile)),
                clock);
    }

    private static FollowedTopics topicsOf(KeywardConfig config) {
        return new FollowedTopics(config.applicationId(), config.topics().names());
    }

    /// What there is to follow now: the changelogs of the generation that is complete.
    private static FollowedTopics followed(KeywardConfig config) {
        try {
            return topicsOf(Generations.complete(config));
        } catch (CommandFailedException unknown) {
            throw new ClusterException(unknown.getMessage(), unknown);
        }
    }

    /// What a console answers about tenants, and to whom.
    static List<Route> answers(Views views, Questions questions, ConsoleGate gate, Optional<VaultLink> portal) {
        return Stream.of(
                        ConsoleApi.endpoints(views, questions),
                        ConsolePages.endpoints(views, questions, portal),
                        AccountPages.endpoints(gate, questions.clock()))
                .flatMap(List::stream)
                .toList();
    }

    private static Health readiness(Replica replica) {
        ReplicaStatus status = replica.status();
        return status.ready() ? new Health(true, replica.missing()) : new Health(List.of(status.message()));
    }

    private static ConsoleMetrics.Progress progress(ReplicaStatus status) {
        return new ConsoleMetrics.Progress(status.ready(), status.lag(), status.completeAt(), status.records());
    }
}
