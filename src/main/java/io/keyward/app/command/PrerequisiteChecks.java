package io.keyward.app.command;

import io.keyward.app.cluster.ClusterAnswers;
import io.keyward.app.cluster.ClusterAnswers.Question;
import io.keyward.app.cluster.Generations;
import io.keyward.app.cluster.Remedies;
import io.keyward.app.cluster.SchemaAdmin;
import io.keyward.app.cluster.SchemaFinding;
import io.keyward.app.command.ConfigCheck.CheckOutcome;
import io.keyward.app.command.ConfigCheck.Status;
import io.keyward.app.config.ClientSettingsGroup;
import io.keyward.app.config.HttpSettings;
import io.keyward.app.config.KeywardConfig;
import io.keyward.app.config.StateSettings;
import io.keyward.app.config.VaultAccess;
import io.keyward.app.config.VaultSettings;
import io.keyward.app.run.Instance;
import io.keyward.app.start.StartChecks;
import io.keyward.app.start.StateFolder;
import io.keyward.ops.http.HttpEndpoint;
import io.keyward.registry.client.RegistryUnavailableException;
import io.keyward.registry.client.SerializerSettings.Choice;
import io.keyward.topology.contract.Topic;
import io.keyward.vault.AzureKeyVault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.acl.AclOperation;

/// One check for each thing that the command `run` depends on. A check that cannot be made throws an exception
/// that says why.
///
/// @param startAnew whether `run` is to be started with `--start-anew`
record PrerequisiteChecks(KeywardConfig config, boolean startAnew) {
    CheckOutcome configuration() {
        config.forRun();
        Instance.profile(config.rules());
        StartChecks checks = new StartChecks(config);
        checks.checkSettings();
        return found(checks, "complete for the command run");
    }

    /// The first start creates the folder, so the check requires only the permission to. An instance may be using
    /// the folder.
    CheckOutcome stateFolder() {
        Optional<Path> dir = config.state().dir();
        if (dir.isEmpty()) {
            return notSet(StateSettings.DIR.key());
        }
        Path existing = dir.get().toAbsolutePath().normalize();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return CheckOutcome.failed(notWritable(dir.get(), existing, System.getProperty("user.name")));
        }
        return new StateFolder(existing, config.applicationId())
                .shortage()
                .map(shortage ->
                        CheckOutcome.failed("too little room:%n%s".formatted(Remedies.text(List.of(shortage)))))
                .orElseGet(() -> CheckOutcome.ok(dir.get() + " can be written"));
    }

    /// Opens the endpoint briefly on a free port, because a running instance may use the configured one.
    CheckOutcome http() {
        HttpSettings http = config.http();
        HttpEndpoint.start(http.options(0).onAnyPort(), List.of()).close();
        return http.sendsTokenInClear()
                ? new CheckOutcome(
                        Status.ADVICE,
                        "the token goes over the network in the clear; %s encrypts it"
                                .formatted(http.definitions().certificate().key()))
                : CheckOutcome.ok("can be opened on " + http.host());
    }

    CheckOutcome kafka() {
        if (config.kafka()
                .values()
                .getOrDefault(KeywardConfig.BOOTSTRAP_SERVERS, "")
                .isEmpty()) {
            return notSet(ClientSettingsGroup.KAFKA.key(KeywardConfig.BOOTSTRAP_SERVERS));
        }
        try (ClusterAnswers cluster = ClusterAnswers.connect(config)) {
            int brokers = cluster.get(
                            cluster.admin().describeCluster().nodes(),
                            new Question("The cluster cannot be described", AclOperation.DESCRIBE))
                    .size();
            return CheckOutcome.ok(
                    "%d %s at %s".formatted(brokers, brokers == 1 ? "broker" : "brokers", cluster.bootstrapServers()));
        }
    }

    /// A move that is not done prevents a start.
    CheckOutcome generation() {
        return CheckOutcome.ok("no move is under way; the application id on the cluster is "
                + Generations.forRun(config).applicationId());
    }

    /// The same checks of the generation that may run now.
    PrerequisiteChecks inItsGeneration() {
        return new PrerequisiteChecks(Generations.forRun(config), startAnew);
    }

    CheckOutcome access() {
        new StartChecks(config).checkAccess();
        return CheckOutcome.ok("the user may do what the processor does");
    }

    CheckOutcome topics() {
        StartChecks checks = new StartChecks(config);
        int partitions = checks.checkTopics().inputPartitions();
        return found(
                checks,
                "all %d are as they must be; the inputs have %d partitions"
                        .formatted(Topic.values().length, partitions));
    }

    CheckOutcome cluster() {
        StartChecks checks = new StartChecks(config);
        checks.checkCluster(checks.checkTopics().inputPartitions(), startAnew);
        return CheckOutcome.ok("nothing that earlier instances left is missing, and its clock agrees with ours");
    }

    /// Schemas that the first start registers itself, and compatibility levels, do not prevent a start.
    CheckOutcome schemas() {
        if (!config.registry().has(KeywardConfig.REGISTRY_URL)) {
            return notSet(ClientSettingsGroup.REGISTRY.key(KeywardConfig.REGISTRY_URL));
        }
        boolean registersItself = config.registrySettings().serializer().choice() == Choice.REGISTER;
        try (SchemaAdmin schemas = SchemaAdmin.connect(config)) {
            List<SchemaFinding> findings = schemas.check();
            if (findings.isEmpty()) {
                return CheckOutcome.ok("all schemas are registered at " + schemas.url());
            }
            boolean runs = findings.stream().allMatch(finding -> switch (finding.kind()) {
                case UNREGISTERED -> registersItself;
                case LEVEL_DIFFERS -> true;
                case INCOMPATIBLE -> false;
            });
            return new CheckOutcome(
                    runs ? Status.ADVICE : Status.FAILED,
                    "%s does not hold what Keyward needs:%n%s".formatted(schemas.url(), Remedies.text(findings)));
        } catch (RegistryUnavailableException failure) {
            return CheckOutcome.failed("%s. Its address is %s, and the credentials are set beside it."
                    .formatted(failure.getMessage(), ClientSettingsGroup.REGISTRY.key(KeywardConfig.REGISTRY_URL)));
        }
    }

    /// Checks whether we can authenticate to Key Vault. Whether a key may be used shows only when it is used.
    CheckOutcome vaults() {
        if (!config.vault().watch()) {
            return CheckOutcome.skipped(VaultSettings.WATCH.key() + " is false");
        }
        try (AzureKeyVault vault = new AzureKeyVault(config.vault().access().azure(), Clock.systemUTC())) {
            return vault.signInProblem()
                    .map(problem ->
                            CheckOutcome.failed("%s Check %s and the settings that it needs; docs/vault.md lists them."
                                    .formatted(problem, VaultAccess.CREDENTIAL.key())))
                    .orElseGet(() -> CheckOutcome.ok(
                            "we get tokens for them; bin/keyward vault check KEY-URI asks about a key"));
        }
    }

    /// What `run` would log as a warning is advice here.
    private static CheckOutcome found(StartChecks checks, String otherwise) {
        return checks.notes().isEmpty()
                ? CheckOutcome.ok(otherwise)
                : new CheckOutcome(
                        Status.ADVICE,
                        otherwise + System.lineSeparator() + String.join(System.lineSeparator(), checks.notes()));
    }

    /// The check of the configuration already reports a missing setting.
    private static CheckOutcome notSet(String key) {
        return CheckOutcome.skipped(key + " is not set");
    }

    private static String notWritable(Path dir, Path existing, String user) {
        return "%s = %s: %s is not a folder that the user %s can write. To fix it:%n  mkdir -p %s && chown %s %s"
                .formatted(StateSettings.DIR.key(), dir, existing, user, dir, user, dir);
    }
}
