package io.keyward.app.run;

import io.keyward.app.start.CheckOutcome;
import io.keyward.app.start.CheckOutcome.Status;
import io.keyward.app.start.StartChecks;
import io.keyward.client.Topic;
import io.keyward.cluster.ClusterAnswers;
import io.keyward.cluster.Generations;
import io.keyward.cluster.SchemaAdmin;
import io.keyward.cluster.SchemaFinding;
import io.keyward.cluster.SetupFinding;
import io.keyward.config.ClientSettingsGroup;
import io.keyward.config.HttpSettings;
import io.keyward.config.KeywardConfig;
import io.keyward.config.UnknownSettings;
import io.keyward.config.VaultAccess;
import io.keyward.config.VaultSettings;
import io.keyward.ops.http.HttpEndpoint;
import io.keyward.registry.client.RegistryUnavailableException;
import io.keyward.registry.client.SerializerSettings.Choice;
import io.keyward.vault.AzureKeyVault;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What a processor depends on. `run` and `config check` go through the same list: the one ends at the first
/// failure, the other tells all of them and changes nothing. A check that fails, or cannot be made, throws an
/// exception that says why.
public final class Prerequisites {
    /// The name of the check on which most others rest.
    public static final String KAFKA = "Kafka";
    private static final String GENERATION = "generation";
    private static final String TOPICS = "topics";

    private final Check endpoint = new Check("HTTP endpoint", this::http);
    private final Check kafka = new Check(KAFKA, this::kafka);
    private final boolean starts;
    private final boolean startAnew;
    private KeywardConfig config;
    private Optional<StartChecks.CheckedTopics> layout = Optional.empty();

    /// @param starts whether a processor starts, and not only asks
    /// @param startAnew whether a first start from incomplete inputs is allowed
    public Prerequisites(KeywardConfig configured, boolean starts, boolean startAnew) {
        this.config = configured;
        this.starts = starts;
        this.startAnew = startAnew;
    }

    /// A check by its name.
    ///
    /// @param needs the checks that must have passed before
    public record Check(String subject, List<String> needs, Supplier<CheckOutcome> step) {
        public Check(String subject, Supplier<CheckOutcome> step) {
            this(subject, List.of(), step);
        }
    }

    /// Every check, in turn.
    public List<Check> all() {
        return List.of(
                new Check("configuration", this::configuration),
                new Check("state folder", () -> checks().checkStateFolder(starts)),
                endpoint,
                kafka,
                new Check(GENERATION, List.of(KAFKA), this::generation),
                new Check("access", List.of(KAFKA), () -> checks().checkAccess()),
                new Check(TOPICS, List.of(KAFKA), this::topics),
                new Check(
                        "cluster",
                        List.of(KAFKA, GENERATION, TOPICS),
                        () -> checks().checkCluster(layout().inputPartitions(), startAnew)));
    }

    /// Those of them that concern an intake, too.
    public List<Check> ofEndpointAndKafka() {
        return List.of(endpoint, kafka);
    }

    /// Goes through all checks.
    ///
    /// @return what does not prevent a start, but should be fixed
    List<String> require() {
        return all().stream()
                .flatMap(check -> check.step().get().notes().stream())
                .toList();
    }

    /// The configuration in the generation that the cluster names.
    KeywardConfig config() {
        return config;
    }

    /// What the check of the topics has found.
    StartChecks.CheckedTopics layout() {
        return layout.orElseThrow();
    }

    private CheckOutcome configuration() {
        if (!starts) {
            config.forRun(); // the command run has; a sandbox may do with less
        }
        Instance.profile(config.rules());
        RegistryAccess.open(config).close();
        return CheckOutcome.ok("complete for the command run", new UnknownSettings(config).notes());
    }

    /// Opens the endpoint briefly on a free port, because a running instance may use the configured one.
    private CheckOutcome http() {
        HttpSettings http = config.http();
        HttpEndpoint.start(http.options(0).onAnyPort(), List.of()).close();
        return CheckOutcome.ok(
                "can be opened on " + http.host(),
                http.sendsTokenInClear() && !starts
                        ? List.of("the token goes over the network in the clear; %s encrypts it"
                                .formatted(http.names().certificate()))
                        : List.of());
    }

    private CheckOutcome kafka() {
        if (!config.kafka().has(KeywardConfig.BOOTSTRAP_SERVERS)) {
            return CheckOutcome.notSet(ClientSettingsGroup.KAFKA.key(KeywardConfig.BOOTSTRAP_SERVERS));
        }
        try (ClusterAnswers cluster = starts ? ClusterAnswers.patiently(config) : ClusterAnswers.connect(config)) {
            int brokers = cluster.brokers();
            return Status.OK.with(
                    "%d %s at %s".formatted(brokers, brokers == 1 ? "broker" : "brokers", cluster.bootstrapServers()));
        }
    }

    /// A move that is not done prevents a start. The checks that follow are of the generation that may run.
    private CheckOutcome generation() {
        config = Generations.forRun(config);
        return Status.OK.with("no move is under way; the application id on the cluster is " + config.applicationId());
    }

    private CheckOutcome topics() {
        StartChecks.CheckedTopics found = checks().checkTopics();
        layout = Optional.of(found);
        return CheckOutcome.ok(
                "all %d topics match their contracts; the inputs have %d partitions"
                        .formatted(Topic.values().length, found.inputPartitions()),
                found.notes());
    }

    private StartChecks checks() {
        return new StartChecks(config);
    }

    /// Asks for the schemas without registering them, as a start does. Those that the first start registers itself, and
    /// compatibility levels, do not prevent one.
    public CheckOutcome schemas() {
        if (!config.registry().has(KeywardConfig.REGISTRY_URL)) {
            return CheckOutcome.notSet(ClientSettingsGroup.REGISTRY.key(KeywardConfig.REGISTRY_URL));
        }
        boolean registersItself = config.registrySettings().serializer().choice() == Choice.REGISTER;
        try (SchemaAdmin schemas = new SchemaAdmin(config)) {
            List<SchemaFinding> findings = schemas.check();
            if (findings.isEmpty()) {
                return Status.OK.with("all schemas are registered at " + schemas.url());
            }
            boolean runs = findings.stream().allMatch(finding -> switch (finding.kind()) {
                case UNREGISTERED -> registersItself;
                case LEVEL_DIFFERS -> true;
                case INCOMPATIBLE -> false;
            });
            String needed =
                    "%s does not hold what Keyward needs:%n%s".formatted(schemas.url(), SetupFinding.text(findings));
            return runs ? Status.ADVICE.with(needed) : Status.FAILED.with(needed);
        } catch (RegistryUnavailableException failure) {
            return Status.FAILED.with("%s. Its address is %s, and the credentials are set beside it."
                    .formatted(failure.getMessage(), ClientSettingsGroup.REGISTRY.key(KeywardConfig.REGISTRY_URL)));
        }
    }

    /// Checks whether we can authenticate to Key Vault. Whether a key may be used shows only when it is used.
    public CheckOutcome vaults() {
        if (!config.value(VaultSettings.WATCH)) {
            return Status.SKIPPED.with(VaultSettings.WATCH.key() + " is false");
        }
        try (AzureKeyVault vault = new AzureKeyVault(new VaultAccess(config.values()).complete(), Clock.systemUTC())) {
            return vault.signInProblem()
                    .map(problem ->
                            Status.FAILED.with("%s Check %s and the settings that it needs; docs/vault.md lists them."
                                    .formatted(problem, VaultAccess.CREDENTIAL.key())))
                    .orElseGet(() ->
                            Status.OK.with("we get tokens for them; bin/keyward vault check KEY-URI asks about a key"));
        }
    }
}
