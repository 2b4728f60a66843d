package io.keyward.cli.command;

import io.keyward.app.run.StopSignal;
import io.keyward.cli.records.EventProducer;
import io.keyward.cli.records.StandardStreams;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.cluster.ClusterTopics;
import io.keyward.cluster.Generations;
import io.keyward.cluster.TopicAdmin;
import io.keyward.cluster.TopicRow;
import io.keyward.config.KeywardConfig;
import io.keyward.config.RegistryConnection;
import io.keyward.domain.decision.Erasure;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.TenantId;
import io.keyward.kafka.Stopwatch;
import io.keyward.proof.tenant.ErasureLog;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.topology.contract.EventLine;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.acl.AclOperation;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `tenant erase`: requests the erasure of a tenant from the processor, and waits for it.
@Command(
        name = "erase",
        description = {
            "Has the processor erase a tenant: everything published about it is retracted, and everything stored about it"
                    + " is deleted. It cannot be undone.",
            "Stop sending events about the tenant first: events that the processor reads after the request create the"
                    + " tenant again."
        })
public final class TenantEraseCommand extends ClusterCommand {
    private static final Duration PAUSE = Duration.ofMillis(200);

    @Parameters(paramLabel = "TENANT", description = "The id of the tenant.")
    private TenantId tenant;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Only print what is stored and published, and which erasures were done.")
    private boolean dryRun;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "PT1M",
            description = "How long to wait until the tenant is erased; default: ${DEFAULT-VALUE}.")
    private Duration timeout;

    @Override
    int run(StandardStreams streams) {
        ClusterTopics topics = cluster.topics();
        KeywardConfig config = topics.config();
        TopicNames names = config.topics().names();
        int partitions = topics.partitions(List.of(names.name(Topic.ERASURES)), AclOperation.READ)
                .get(names.name(Topic.ERASURES));
        try (SchemaRegistry registry = RegistryConnection.open(config);
                ErasureLog erasures = new ErasureLog(
                        Map.copyOf(config.kafka().values()),
                        names.name(Topic.ERASURES),
                        partitions,
                        tenant,
                        registry)) {
            if (dryRun) {
                new TenantStanding(Generations.complete(config), tenant, cluster.typed())
                        .print(erasures.read(), streams);
                return ExitCode.OK;
            }
            topics.partitions(List.of(names.name(Topic.TENANT_ERASED)), AclOperation.WRITE);
            List<TopicRow> described = describe(config);
            if (!yes && !new TypedConfirmation(streams).confirms(tenant)) {
                return ExitCode.SOFTWARE;
            }
            UUID request = UUID.randomUUID();
            Optional<Erasure> done = erase(request, config, registry, erasures);
            done.ifPresentOrElse(
                    erasure -> report(erasure, described, streams), () -> reportOpen(request, names, streams));
            streams.flush();
            return done.isPresent() ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    /// Describes every topic on the cluster. It runs before the erasure, so that nothing can fail after it.
    private static List<TopicRow> describe(KeywardConfig config) {
        try (TopicAdmin topics = new TopicAdmin(config)) {
            return topics.describe();
        }
    }

    /// Waits for the erasure that was requested; empty if it is not done in time.
    private Optional<Erasure> erase(UUID request, KeywardConfig config, SchemaRegistry registry, ErasureLog erasures) {
        try (StopSignal stop = StopSignal.install()) {
            send(request, config, registry);
            return await(request, erasures, stop);
        }
    }

    private void send(UUID request, KeywardConfig config, SchemaRegistry registry) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Event.TenantErased event = new Event.TenantErased(tenant, new Stamp(now, new EventId(request.toString())));
        EventLine line = EventLine.of(event, "bin/keyward tenant erase");
        try (EventProducer producer = EventProducer.connect(config, registry)) {
            producer.sendInOrder(List.of(line));
        }
    }

    private Optional<Erasure> await(UUID request, ErasureLog erasures, StopSignal stop) {
        Stopwatch stopwatch = Stopwatch.start();
        while (true) {
            Optional<Erasure> done = erasures.read().stream()
                    .filter(erasure -> erasure.requestId().equals(Optional.of(request)))
                    .findFirst();
            boolean late = stopwatch.hasReached(timeout);
            if (done.isPresent() || late || stop.isGivenWithin(PAUSE)) {
                return done;
            }
        }
    }

    private static void report(Erasure erasure, List<TopicRow> topics, StandardStreams streams) {
        streams.print(
                "Erased at %s: %s environments, facts of %s keys; %s tombstones were published.%n",
                erasure.erasedAt(),
                erasure.erased().environments(),
                erasure.erased().keys(),
                erasure.erased().outputs());
        new Remnants(topics, erasure.erasedAt()).lines().forEach(streams.out()::println);
    }

    private void reportOpen(UUID request, TopicNames names, StandardStreams streams) {
        streams.tell(
                "keyward: not erased yet. The request %s stays in %s until the processor reads it. Check later with: bin/keyward tenant erase %s --dry-run%s%n",
                request, names.name(Topic.TENANT_ERASED), tenant, cluster.typed());
        streams.tell(
                "If the processor runs and has no lag, check %s: a request whose time lies in the future is refused.%n",
                names.deadLetters());
    }
}
