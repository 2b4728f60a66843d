package io.keyward.app.intake;

import io.keyward.app.run.Assembly;
import io.keyward.app.run.Instance;
import io.keyward.app.run.ProductVersion;
import io.keyward.app.run.RegistryAccess;
import io.keyward.app.run.ServedPages;
import io.keyward.app.run.Service;
import io.keyward.app.start.StartChecks;
import io.keyward.cluster.ClusterAnswers;
import io.keyward.config.HttpDefinitions;
import io.keyward.config.IntakeSettings;
import io.keyward.config.KeywardConfig;
import io.keyward.config.RenewedTls;
import io.keyward.domain.RuleProfile;
import io.keyward.intake.IntakeObserver;
import io.keyward.intake.KafkaPublisher;
import io.keyward.intake.Publisher;
import io.keyward.intake.TenantSecrets;
import io.keyward.intake.eventgrid.EventGridEndpoints;
import io.keyward.intake.eventgrid.Limits;
import io.keyward.ops.health.Health;
import io.keyward.ops.health.HealthSource;
import io.keyward.ops.health.KafkaHealth;
import io.keyward.ops.health.KafkaWatch;
import io.keyward.ops.health.OutageLines;
import io.keyward.ops.http.HttpEndpoint;
import io.keyward.ops.metrics.IntakeMetrics;
import io.keyward.ops.tracing.OpenTelemetryTracing;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/// A running intake.
///
/// @param operations where metrics and health are
/// @param uri where the webhooks are
/// @param parts in the order in which they were made
public record Intake(URI operations, URI uri, Assembly parts) implements Service {
    /// Checks everything that a start depends on, and starts an intake.
    ///
    /// @throws io.keyward.config.ConfigurationException if the configuration cannot be used
    /// @throws CommandFailedException if the cluster or the registry do not meet the requirements
    /// @throws java.io.UncheckedIOException if the folder of secrets cannot be read
    /// @throws io.keyward.ops.http.HttpEndpointException if an address or one of its files cannot be used
    public static Intake start(KeywardConfig config) {
        try (ClusterAnswers cluster = ClusterAnswers.patiently(config)) {
            cluster.brokers();
        }
        return Assembly.assemble(made -> assemble(config, InstantSource.system(), made));
    }

    /// Nothing ends it: a delivery that fails is answered 503, and the sender tries again.
    @Override
    public void rethrowFailure() {}

    /// The webhooks come last: what they answer depends on all else. At the end they go first, so that nothing
    /// more comes in; then what came is written.
    private static Intake assemble(KeywardConfig config, InstantSource clock, Assembly made) {
        RuleProfile profile = Instance.profile(config.rules());
        TenantSecrets secrets = TenantSecrets.read(config.value(IntakeSettings.SECRETS_DIR));
        RegistryAccess registry = made.add(RegistryAccess.open(config));
        StartChecks checks = new StartChecks(config);
        checks.checkTopicsOfIntake();
        checks.checkSchemasOfIntake(registry.values());
        registry.health().outageMeans("deliveries wait, and fail until it does");
        IntakeMetrics metrics = made.add(new IntakeMetrics(ProductVersion.current(), profile, clock));
        KafkaHealth answers =
                new KafkaHealth(config.kafka().values().get(KeywardConfig.BOOTSTRAP_SERVERS), System::nanoTime);
        HealthSource health = () -> readiness(answers);
        HttpEndpoint operations =
                made.add(ServedPages.start(config.http(), 0, ServedPages.operations(metrics.page(), health)));
        ServedPages.startProbes(config.http(), health).ifPresent(made::add);
        made.add(OutageLines.leaveOut(answers));
        made.add(KafkaWatch.start(config.kafka().values(), answers, () -> {}));
        IntakeObserver observer = new MeteredIntake(metrics);
        Optional<OpenTelemetryTracing> tracing =
                OpenTelemetryTracing.start(config, "keyward-intake", ProductVersion.current());
        tracing.ifPresent(made::add);
        KafkaPublisher kafka = made.add(publisher(config, registry));
        Publisher publisher =
                tracing.<Publisher>map(on -> new TracedPublisher(kafka, on)).orElse(kafka);
        metrics.watchSource("event-grid");
        metrics.watchTenants(secrets::tenants);
        HttpEndpoint webhooks = made.add(webhooks(config, secrets, publisher, observer));
        metrics.watch(webhooks);
        RenewedTls.expiry(config.kafka().values()).ifPresent(metrics::watchClients);
        return new Intake(operations.uri(), webhooks.uri(), made);
    }

    private static KafkaPublisher publisher(KeywardConfig config, RegistryAccess registry) {
        return KafkaPublisher.start(
                config.kafka().values(),
                config.topics().names(),
                registry.values().writer(),
                config.value(IntakeSettings.TIMEOUT));
    }

    private static HttpEndpoint webhooks(
            KeywardConfig config, TenantSecrets secrets, Publisher publisher, IntakeObserver observer) {
        Limits limits = new Limits(
                config.value(IntakeSettings.ORIGINS),
                config.value(IntakeSettings.TIMEOUT),
                config.value(IntakeSettings.RATE));
        return ServedPages.start(
                config.http(HttpDefinitions.INTAKE),
                config.value(IntakeSettings.LARGEST_BODY),
                EventGridEndpoints.all(secrets, publisher, observer, limits));
    }

    private static Health readiness(KafkaHealth kafka) {
        return new Health(kafka.problem().map("Kafka: "::concat).stream().toList());
    }
}
