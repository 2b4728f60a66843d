package io.keyward.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.keyward.app.start.StartChecks;
import io.keyward.cli.command.BackupCommand;
import io.keyward.cli.command.DeadLettersCommand;
import io.keyward.cli.command.PublishCommand;
import io.keyward.cli.command.RecoverCommand;
import io.keyward.cli.command.ReshardCommand;
import io.keyward.cli.command.TenantEraseCommand;
import io.keyward.cli.command.TenantExportCommand;
import io.keyward.cli.command.VerifyCommand;
import io.keyward.cli.command.WatchCommand;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.cluster.CommandFailedException;
import io.keyward.cluster.Denial;
import io.keyward.cluster.TopicAdmin;
import io.keyward.config.KeywardConfig;
import io.keyward.console.replica.DatabaseSettings;
import io.keyward.console.replica.FollowedTopics;
import io.keyward.console.replica.Replica;
import io.keyward.console.replica.ReplicaSettings;
import io.keyward.testing.Cluster;
import io.keyward.testing.InstanceHealth;
import io.keyward.testing.Run;
import io.keyward.testing.SigningKeyFiles;
import io.keyward.testing.TestTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/// A deployment on the secured broker, with a prefix and an application of its own, and the work of each user.
final class SecuredDeployment {
    private static final String KEY = "\"vaultUri\":\"https://v.vault.azure.net\",\"keyName\":\"k\"";

    private final SecuredPlatform platform;
    private final String application;
    private final TopicNames names;
    private Path backup;
    private SigningKeyFiles keys;

    SecuredDeployment(SecuredPlatform platform, String application) {
        this.platform = platform;
        this.application = application;
        this.names = new TopicNames(application + ".");
    }

    String application() {
        return application;
    }

    TopicNames names() {
        return names;
    }

    /// All that the list allows here.
    List<AclBinding> bindings() {
        return SecuredPlatform.LIST.bindings(names.prefix(), application);
    }

    /// The failure of the user's work; empty if it succeeds without the permission.
    String refusal(String user) throws Exception {
        return switch (user) {
            case "keyward" -> refusalOfTheProcessor();
            case "keyward-admin" -> message(catchThrowable(this::createAndCheckTopics));
            case "keyward-readers" ->
                watch(user, "decisions").err()
                        + watch(user, "warnings").err()
                        + watch(user, "suppressions").err()
                        + refusalOfReading(user, Topic.ERASURES)
                        + message(catchThrowable(() -> readInAGroup(user, application + "-readers-1")));
            case "keyward-console" -> refusalOfTheConsole();
            case "keyward-intake" -> message(catchThrowable(this::checkTheIntake));
            case "keyward-auditors" -> refusals(audits());
            case "keyward-maintainers" -> refusals(maintenance());
            case "keyward-keys" ->
                refusalOfAProducer(user)
                        + refusalOfReading(user, Topic.KEY_HINTS)
                        + refusalOfWriting(user, Topic.KEY_WATCH);
            case "keyward-repairers" ->
                publish(user, linesOf(user)).err()
                        + run(DeadLettersCommand.class, user, "", "resend", "--as-they-were")
                                .err();
            case "keyward-operators" ->
                watch(user, "dead-letters").err()
                        + watch(user, "decisions").err()
                        + watch(user, "warnings").err()
                        + refusalOfDescriptions(user);
            case "keyward-privacy" ->
                tenant(TenantExportCommand.class, "fabrikam").err()
                        + tenant(TenantEraseCommand.class, "fabrikam", "--dry-run")
                                .err()
                        + tenant(TenantEraseCommand.class, "fabrikam", "--yes", "--timeout", "PT0S")
                                .err();
            default -> refusalOfAProducer(user);
        };
    }

    /// Lets a processor start and work until it is ready, and stops it.
    void runTheProcessor() {
        try (Instance instance = Instance.prepare(config("keyward", Map.of()), false, Cluster.NOTHING_DUE)) {
            instance.start();
            within().until(() -> InstanceHealth.readiness(instance).ok());
        }
    }

    /// The state of a processor that has run, without any event.
    void leaveAStoppedApplication() throws Exception {
        List<String> changelogs = config("keyward", Map.of()).changelogs();
        TestTopics.create(
                platform.kafka().administrator(),
                changelogs.stream()
                        .map(name -> new NewTopic(name, 1, (short) 1).configs(Map.of("cleanup.policy", "compact")))
                        .toList());
        platform.kafka()
                .administrator()
                .alterConsumerGroupOffsets(
                        application,
                        Map.of(new TopicPartition(names.name(Topic.KEY_REVOKED), 0), new OffsetAndMetadata(0)))
                .all()
                .get();
    }

    /// All that `verify` can do.
    List<Run> audits() throws Exception {
        keys = SigningKeyFiles.in(platform.folder());
        Path made = Files.createTempDirectory(platform.folder(), "base");
        Path base = made.resolve("base");
        backup = made.resolve("backup");
        return List.of(
                run(
                        BackupCommand.class,
                        "keyward-auditors",
                        "",
                        "create",
                        "--output",
                        backup.toString(),
                        "--signing-key",
                        keys.privateKey().toString()),
                verify("state"),
                verify("base", "--output", base, "--signing-key", keys.privateKey()),
                verify("inputs"),
                verify("inputs", "--base", base, "--public-key", keys.publicKey()),
                verify("output", "encryption-decisions", 0, 0),
                verify("sample", "--records", 2));
    }

    /// Restores the backup of the audits of another deployment.
    Run restore(SecuredDeployment lost) throws Exception {
        return run(
                BackupCommand.class,
                "keyward-maintainers",
                "",
                "restore",
                lost.backup.toString(),
                "--public-key",
                lost.keys.publicKey().toString());
    }

    Run verify(Object... arguments) throws Exception {
        return run(
                VerifyCommand.class,
                "keyward-auditors",
                "",
                Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    }

    /// A move, the deletion of what it leaves, and a recovery; nothing more behind what fails.
    List<Run> maintenance() throws Exception {
        List<Run> runs = new ArrayList<>();
        runs.add(reshard("run", "--partitions", "2"));
        if (runs.getLast().exitCode() == 0) {
            runs.add(reshard("clean", "--yes"));
        }
        if (runs.getLast().exitCode() == 0) {
            runs.add(run(RecoverCommand.class, "keyward-maintainers", "", "--since", "2026-01-01T00:00:00Z"));
        }
        return runs;
    }

    Run reshard(String... arguments) throws Exception {
        return run(ReshardCommand.class, "keyward-maintainers", "", arguments);
    }

    private static String refusals(List<Run> runs) {
        return runs.stream().map(Run::err).collect(Collectors.joining());
    }

    Run tenant(Class<?> command, String... arguments) throws Exception {
        return run(command, "keyward-privacy", "", arguments);
    }

    /// What `topics check` and Kafka's own tools are denied.
    String refusalOfDescriptions(String user) {
        KeywardConfig config = config(user, Map.of());
        String changelog = application + "-keys-changelog";
        try (TopicAdmin topics = new TopicAdmin(config);
                Admin admin = Admin.create(Map.copyOf(config.kafka().values()))) {
            return message(catchThrowable(topics::check))
                    + denied(
                            Denial.onGroup(AclOperation.DESCRIBE, application),
                            admin.describeConsumerGroups(List.of(application)).all())
                    + denied(
                            Denial.onTopic(AclOperation.DESCRIBE, changelog),
                            admin.describeTopics(List.of(changelog)).allTopicNames())
                    + denied(
                            Denial.onTopic(AclOperation.DESCRIBE_CONFIGS, changelog),
                            admin.describeConfigs(List.of(new ConfigResource(ConfigResource.Type.TOPIC, changelog)))
                                    .all());
        }
    }

    void checkTheIntake() {
        new StartChecks(config("keyward-intake", Map.of())).checkTopicsOfIntake();
    }

    /// What a service is denied that publishes events and follows what becomes of them.
    String refusalOfAProducer(String user) throws Exception {
        return publish(user, linesOf(user)).err()
                + watch(user, "dead-letters").err()
                + refusalOfReading(user, Topic.PROGRESS);
    }

    /// What a reader without a group is denied.
    String refusalOfReading(String user, Topic topic) {
        String name = names.name(topic);
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>copyOf(config(user, Map.of()).kafka().values()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(name, 0);
            consumer.assign(Set.of(partition));
            consumer.seekToBeginning(Set.of(partition));
            return catchThrowable(() -> consumer.position(partition)) == null
                            && catchThrowable(() -> consumer.poll(Duration.ofSeconds(1))) == null
                    ? ""
                    : Denial.onTopic(AclOperation.READ, name).toString();
        }
    }

    /// A compacted topic takes no record without a key, but says so only to users who may write.
    private String refusalOfWriting(String user, Topic topic) {
        String name = names.name(topic);
        return catchThrowable(() -> send(user, name, new byte[0])).getCause() instanceof AuthorizationException
                ? Denial.onTopic(AclOperation.WRITE, name).toString()
                : "";
    }

    private static String denied(Denial denial, KafkaFuture<?> answer) {
        return catchThrowable(answer::get) instanceof ExecutionException failure
                        && failure.getCause() instanceof AuthorizationException
                ? denial.toString()
                : "";
    }

    /// Permissions on changelogs can be checked only once they exist, at the second start.
    String refusalOfTheProcessor() {
        for (int start = 0; start < 2; start++) {
            try (Instance instance = Instance.prepare(config("keyward", Map.of()), false, Cluster.NOTHING_DUE)) {
                instance.start();
                within().until(() -> instance.hasEnded()
                        || InstanceHealth.readiness(instance).ok());
                instance.rethrowFailure();
            } catch (CommandFailedException refused) {
                return refused.getMessage();
            }
        }
        return "";
    }

    /// What the console says that it needs. Its changelogs exist only once a processor has run.
    String refusalOfTheConsole() throws Exception {
        try (Replica replica = Replica.start(followed())) {
            within().until(() -> replica.status().message().contains("needs the operation"));
            return replica.status().message();
        }
    }

    ReplicaSettings followed() throws Exception {
        return new ReplicaSettings(
                config("keyward-console", Map.of()).kafka(),
                new FollowedTopics(application, names),
                new DatabaseSettings(
                        Files.createTempDirectory(platform.folder(), "replica"),
                        16 << 20,
                        DatabaseSettings.TIMELINE_KEPT,
                        "not compared here"),
                InstantSource.system());
    }

    void createAndCheckTopics() {
        try (TopicAdmin topics = new TopicAdmin(config("keyward-admin", Map.of()))) {
            topics.create();
            assertThat(topics.check().passed()).isTrue();
        }
    }

    Run publish(String user, List<String> lines) throws Exception {
        return lines.isEmpty() ? new Run(0, "", "") : run(PublishCommand.class, user, String.join("\n", lines), "-");
    }

    Run watch(String user, String output) throws Exception {
        return run(WatchCommand.class, user, "", output, "--json", "--from-start", "--until-end");
    }

    Run run(Class<?> command, String user, String input, String... arguments) throws Exception {
        Path file = platform.folder().resolve(application + "-" + user + ".properties");
        Properties properties = new Properties();
        properties.putAll(settings(platform.credentials().get(user), Map.of()));
        try (var out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", file.toString()));
        return Run.of(command, input, all);
    }

    void send(String user, String topic, byte[] value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>copyOf(config(user, Map.of()).kafka().values()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    int readInAGroup(String user, String group) {
        Map<String, Object> settings =
                new HashMap<>(config(user, Map.of()).kafka().values());
        settings.put("group.id", group);
        settings.put("auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(Set.of(names.decisions(), names.name(Topic.PROGRESS)));
            AtomicInteger read = new AtomicInteger();
            within().until(() -> {
                read.addAndGet(consumer.poll(Duration.ofMillis(200)).count());
                return !consumer.assignment().isEmpty() && hasReadEverything(consumer);
            });
            return read.get();
        }
    }

    private static boolean hasReadEverything(KafkaConsumer<?, ?> consumer) {
        return consumer.endOffsets(consumer.assignment()).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /// An event for each topic that this user may write to.
    static List<String> linesOf(String user) {
        return SecuredPlatform.LIST.users().get(user).allow().stream()
                .filter(allowed -> allowed.operations().contains(AclOperation.WRITE))
                .flatMap(allowed -> Topic.ofBaseName(allowed.nameFor("", "")).stream())
                .filter(Topic.inputs()::contains)
                .map(SecuredDeployment::line)
                .toList();
    }

    private static String line(Topic topic) {
        String about = switch (topic) {
            case POLICY_APPLIED ->
                "\"environmentId\":\"hr\",\"policyId\":\"p1\",\"key\":{\"vaultUri\":\"https://v.vault.azure.net\",\"keyName\":\"k\"}";
            case POLICY_REMOVED -> "\"environmentId\":\"hr\",\"policyId\":\"p0\"";
            case KEY_ROTATED -> KEY + ",\"newVersion\":\"v2\"";
            case KEY_REVOKED -> KEY + ",\"cause\":\"KEY_DISABLED\"";
            case KEY_RESTORED -> KEY;
            case KEY_EXPIRING -> KEY + ",\"keyVersion\":\"v2\",\"expiresAt\":\"2027-03-01T10:00:00Z\"";
            case ENVIRONMENT_CHANGED ->
                "\"environmentId\":\"hr\",\"type\":\"PRODUCTION\",\"managed\":true,\"lifecycle\":\"ACTIVE\",\"cloudFlows\":{\"count\":0},\"desktopFlows\":{\"count\":0}";
            case TENANT_LIMIT_CHANGED -> "\"environmentLimit\":30";
            case ENFORCEMENT_REPORTED ->
                "\"environmentId\":\"hr\",\"component\":\"DATAVERSE\",\"phase\":\"SUCCEEDED\",\"items\":[],\"complete\":true";
            case ENCRYPTION_DECISIONS,
                    WARNINGS,
                    ANALYTICS_SUPPRESSIONS,
                    ERASURES,
                    PROGRESS,
                    TIME_REACHED,
                    TENANT_ERASED,
                    KEY_HINTS,
                    KEY_WATCH,
                    REROUTED,
                    DEAD_LETTERS -> throw new IllegalArgumentException(topic + " is no input");
        };
        return "{\"topic\":\"%s\",\"value\":{\"eventId\":\"e1\",\"tenantId\":\"contoso\",\"occurredAt\":\"2026-03-01T10:00:00Z\",%s}}"
                .formatted(topic.baseName(), about);
    }

    KeywardConfig config(String user, Map<String, String> more) {
        return load(settings(platform.credentials().get(user), more));
    }

    Map<String, String> settings(Map<String, String> credentials, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(credentials);
        settings.put("keyward.registry.url", platform.registry().url().toString());
        settings.put("keyward.application.id", application);
        settings.put("keyward.topics.prefix", names.prefix());
        settings.put("keyward.topics.partitions", "1");
        settings.put(
                "keyward.state.dir",
                platform.folder().resolve("state-" + application).toString());
        settings.put("keyward.http.port", "0");
        settings.putAll(more);
        return settings;
    }

    static KeywardConfig load(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        return KeywardConfig.load(Optional.empty(), Map.of(), properties);
    }

    static String message(Throwable thrown) {
        return thrown == null ? "" : String.valueOf(thrown.getMessage());
    }

    static ConditionFactory within() {
        return Awaitility.await().pollInterval(Duration.ofMillis(100));
    }
}
