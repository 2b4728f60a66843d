package io.keyward.app.console;

import io.keyward.app.cluster.ClusterException;
import io.keyward.app.cluster.CommandFailedException;
import io.keyward.app.cluster.Generations;
import io.keyward.app.config.ConsoleSettings;
import io.keyward.app.config.KeywardConfig;
import io.keyward.app.config.RegistryConnection;
import io.keyward.app.run.Assembly;
import io.keyward.app.run.Instance;
import io.keyward.app.run.ProductVersion;
import io.keyward.app.run.ServedPages;
import io.keyward.console.answer.Questions;
import io.keyward.console.api.ConsoleApi;
import io.keyward.console.api.NotCaughtUpException;
import io.keyward.console.api.Views;
import io.keyward.console.replica.DatabaseSettings;
import io.keyward.console.replica.FollowedTopics;
import io.keyward.console.replica.Replica;
import io.keyward.console.replica.ReplicaSettings;
import io.keyward.console.replica.ReplicaStatus;
import io.keyward.console.web.ConsolePages;
import io.keyward.console.whatif.WhatIf;
import io.keyward.console.whatif.WhatIfLimits;
import io.keyward.domain.Decider;
import io.keyward.domain.RuleProfile;
import io.keyward.ops.health.Health;
import io.keyward.ops.health.HealthPage;
import io.keyward.ops.health.HealthSource;
import io.keyward.ops.http.Endpoint;
import io.keyward.ops.http.HttpEndpoint;
import io.keyward.ops.metrics.ConsoleMetrics;
import io.keyward.ops.metrics.MetricsPage;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.topology.OutputReader;
import io.keyward.topology.contract.TopicNames;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;

/// The parts of a console, assembled in one place and closed in the right order.
record ConsoleParts(SchemaRegistry registry, ConsoleMetrics metrics, Replica replica, HttpEndpoint http)
        implements AutoCloseable {
    /// Event lines of a question: far more than a person writes.
    private static final int LARGEST_BODY = 1 << 20;

    /// Assembles a console, which runs then. A failure closes every part.
    static ConsoleParts assemble(KeywardConfig config, InstantSource clock) {
        return Assembly.assemble(made -> assemble(config, clock, made));
    }

    private static ConsoleParts assemble(KeywardConfig config, InstantSource clock, Assembly made) {
        RuleProfile profile = Instance.profile(config.rules());
        SchemaRegistry registry = made.add(RegistryConnection.open(config));
        ConsoleMetrics metrics = made.add(new ConsoleMetrics(ProductVersion.current(), profile));
        Replica replica = made.add(Replica.start(replicaSettings(config, profile), () -> followed(config)));
        metrics.watch(() -> progress(replica.status()), clock);
        Questions questions = questions(config, profile, registry, clock);
        Views views = () -> {
            ReplicaStatus status = replica.status();
            if (!status.ready()) {
                throw new NotCaughtUpException(status.message(), status.lag());
            }
            return replica.view();
        };
        List<Endpoint> endpoints = Stream.of(
                        ConsoleApi.endpoints(views, questions),
                        ConsolePages.endpoints(views, questions, clock),
                        operations(metrics, health(replica)))
                .flatMap(List::stream)
                .map(metrics::measured)
                .toList();
        HttpEndpoint http = made.add(ServedPages.start(config.console().http(), LARGEST_BODY, endpoints));
        metrics.watch(http);
        return new ConsoleParts(registry, metrics, replica, http);
    }

    private static Questions questions(
            KeywardConfig config, RuleProfile profile, SchemaRegistry registry, InstantSource clock) {
        TopicNames names = config.topics().names();
        return new Questions(
                new Decider(profile),
                new WhatIf(names, profile, config.rules().maxFuture(), WhatIfLimits.DEFAULT),
                () -> new OutputReader(registry, names),
                clock);
    }

    private static ReplicaSettings replicaSettings(KeywardConfig config, RuleProfile profile) {
        ConsoleSettings console = config.console();
        return new ReplicaSettings(
                Map.copyOf(config.kafka().values()),
                topicsOf(config),
                new DatabaseSettings(
                        console.dir().orElseThrow(),
                        console.memory().bytes(),
                        console.history(),
                        Decider.rulesOf(profile)));
    }

    private static FollowedTopics topicsOf(KeywardConfig config) {
        return new FollowedTopics(config.applicationId(), config.topics().names());
    }

    /// What there is to follow now: the changelogs of the generation that is complete.
    private static FollowedTopics followed(KeywardConfig config) {
        try {
            return topicsOf(Generations.complete(config));
        } catch (ClusterException | CommandFailedException unknown) {
            throw new KafkaException(unknown.getMessage(), unknown);
        }
    }

    private static List<Endpoint> operations(ConsoleMetrics metrics, HealthSource health) {
        return List.of(new MetricsPage(metrics::scrape), HealthPage.liveness(health), HealthPage.readiness(health));
    }

    /// A console that cannot go on ends, so that only readiness has to be told.
    private static HealthSource health(Replica replica) {
        return new HealthSource() {
            @Override
            public Health liveness() {
                return Health.GOOD;
            }

            @Override
            public Health readiness() {
                ReplicaStatus status = replica.status();
                return status.ready() ? Health.GOOD : new Health(List.of(status.message()));
            }
        };
    }

    private static ConsoleMetrics.Progress progress(ReplicaStatus status) {
        return new ConsoleMetrics.Progress(status.ready(), status.lag(), status.completeAt(), status.records());
    }

    /// The endpoint goes first: nobody asks any more.
    @Override
    public void close() {
        http.close();
        replica.close();
        metrics.close();
        registry.close();
    }
}
