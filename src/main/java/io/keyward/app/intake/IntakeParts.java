package io.keyward.app.intake;

import io.keyward.app.config.AuditFiles;
import io.keyward.app.config.IntakeSettings;
import io.keyward.app.config.KeywardConfig;
import io.keyward.app.run.Assembly;
import io.keyward.app.run.Instance;
import io.keyward.app.run.ProductVersion;
import io.keyward.app.run.RegistryAccess;
import io.keyward.app.run.ServedPages;
import io.keyward.app.start.IntakeChecks;
import io.keyward.domain.RuleProfile;
import io.keyward.intake.IntakeObserver;
import io.keyward.intake.KafkaPublisher;
import io.keyward.intake.Publisher;
import io.keyward.intake.TenantSecrets;
import io.keyward.intake.audit.AuditLogs;
import io.keyward.intake.audit.AuditSource;
import io.keyward.intake.eventgrid.EventGridEndpoints;
import io.keyward.intake.eventgrid.Limits;
import io.keyward.ops.health.Health;
import io.keyward.ops.health.HealthPage;
import io.keyward.ops.health.HealthSource;
import io.keyward.ops.health.KafkaHealth;
import io.keyward.ops.health.KafkaWatch;
import io.keyward.ops.health.OutageLines;
import io.keyward.ops.http.HttpEndpoint;
import io.keyward.ops.metrics.IntakeMetrics;
import io.keyward.ops.metrics.MetricsPage;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The parts of an intake, assembled in one place and closed in the right order.
record IntakeParts(
        RegistryAccess registry,
        IntakeMetrics metrics,
        KafkaPublisher publisher,
        KafkaWatch kafka,
        OutageLines outage,
        AuditLogs audit,
        HttpEndpoint operations,
        Optional<HttpEndpoint> probes,
        Optional<HttpEndpoint> webhooks)
        implements AutoCloseable {

    /// Assembles an intake, which runs then. A failure closes every part.
    static IntakeParts assemble(KeywardConfig config, InstantSource clock) {
        return Assembly.assemble(made -> assemble(config, clock, made));
    }

    /// The webhooks come last: what they answer depends on all else.
    private static IntakeParts assemble(KeywardConfig config, InstantSource clock, Assembly made) {
        RuleProfile profile = Instance.profile(config.rules());
        List<AuditSource> sources = AuditFiles.read(config.intake());
        Optional<TenantSecrets> secrets = config.intake().secretsDir().map(TenantSecrets::read);
        RegistryAccess registry = made.add(RegistryAccess.open(config));
        IntakeChecks checks = new IntakeChecks(config);
        checks.checkTopics();
        checks.checkSchemas(registry.values());
        registry.health().outageMeans("deliveries wait, and fail until it does");
        IntakeMetrics metrics = made.add(new IntakeMetrics(ProductVersion.current(), profile, clock));
        IntakeObserver observer = new MeteredIntake(metrics);
        KafkaPublisher publisher = made.add(publisher(config, registry));
        KafkaHealth answers = new KafkaHealth(config.kafka().values().get(KeywardConfig.BOOTSTRAP_SERVERS));
        OutageLines outage = made.add(OutageLines.leaveOut(answers));
        KafkaWatch kafka = made.add(KafkaWatch.start(config.kafka().values(), answers, () -> {}));
        AuditLogs audit = made.add(AuditLogs.start(sources, publisher, observer));
        watch(metrics, secrets, sources, audit);
        HealthSource health = health(answers);
        HttpEndpoint operations = made.add(ServedPages.start(
                config.http(),
                0,
                List.of(new MetricsPage(metrics::scrape), HealthPage.liveness(health), HealthPage.readiness(health))));
        Optional<HttpEndpoint> probes =
                ServedPages.startProbes(config.http(), health).map(made::add);
        Optional<HttpEndpoint> webhooks =
                secrets.map(known -> made.add(webhooks(config.intake(), known, publisher, observer)));
        webhooks.ifPresent(metrics::watch);
        return new IntakeParts(registry, metrics, publisher, kafka, outage, audit, operations, probes, webhooks);
    }

    private static KafkaPublisher publisher(KeywardConfig config, RegistryAccess registry) {
        return KafkaPublisher.start(
                config.kafka().values(),
                config.topics().names(),
                registry.values().writer(),
                config.intake().timeout());
    }

    private static HttpEndpoint webhooks(
            IntakeSettings settings, TenantSecrets secrets, Publisher publisher, IntakeObserver observer) {
        Limits limits = new Limits(settings.origins(), settings.timeout(), settings.rate());
        return ServedPages.start(
                settings.http(), settings.largestBody(), EventGridEndpoints.all(secrets, publisher, observer, limits));
    }

    private static void watch(
            IntakeMetrics metrics, Optional<TenantSecrets> secrets, List<AuditSource> sources, AuditLogs audit) {
        secrets.ifPresent(known -> {
            metrics.watchSource("event-grid");
            metrics.watchTenants(known::tenants);
        });
        if (!sources.isEmpty()) {
            metrics.watchSource(AuditLogs.SOURCE);
            metrics.watchAudit(audit::reading, audit::failing, audit::lag);
        }
    }

    /// Nothing here needs a restart. An Event Hub that cannot be read has a metric and an alert: webhooks
    /// work all the same.
    private static HealthSource health(KafkaHealth kafka) {
        return new HealthSource() {
            @Override
            public Health liveness() {
                return Health.GOOD;
            }

            @Override
            public Health readiness() {
                return new Health(
                        kafka.problem().map("Kafka: "::concat).stream().toList());
            }
        };
    }

    /// First nothing more comes in, then what came is written.
    @Override
    public void close() {
        webhooks.ifPresent(HttpEndpoint::close);
        audit.close();
        publisher.close();
        kafka.close();
        outage.close();
        probes.ifPresent(HttpEndpoint::close);
        operations.close();
        metrics.close();
        registry.close();
    }
}
