package io.keyward.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.keyward.app.command.DeadLettersCommand;
import io.keyward.app.command.PublishCommand;
import io.keyward.app.command.RecoverCommand;
import io.keyward.app.command.ReshardCommand;
import io.keyward.app.command.TenantEraseCommand;
import io.keyward.app.command.TenantExportCommand;
import io.keyward.app.command.VerifyCommand;
import io.keyward.app.command.WatchCommand;
import io.keyward.app.start.StartChecks;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.cluster.ClusterException;
import io.keyward.cluster.CommandFailedException;
import io.keyward.cluster.Denial;
import io.keyward.cluster.TopicAdmin;
import io.keyward.config.KeywardConfig;
import io.keyward.console.replica.DatabaseSettings;
import io.keyward.console.replica.FollowedTopics;
import io.keyward.console.replica.Replica;
import io.keyward.console.replica.ReplicaSettings;
import io.keyward.deploy.AccessList;
import io.keyward.sandbox.EmbeddedSchemaRegistry;
import io.keyward.sandbox.SecuredKafka;
import io.keyward.testing.Cluster;
import io.keyward.testing.InstanceHealth;
import io.keyward.testing.OutsideTemporaryFolders;
import io.keyward.testing.Run;
import io.keyward.testing.SigningKeyFiles;
import io.keyward.topology.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `topology/acls.yaml` on a broker with TLS, SCRAM and the standard authorizer: with it everything works, and
/// without any one line an operation fails that the message names. Each case has a prefix and an application of
/// its own.
class AccessListIT {
    private static final AccessList LIST = AccessList.load();
    private static final String KEY = "\"vaultUri\":\"https://v.vault.azure.net\",\"keyName\":\"k\"";

    /// Who works on what a processor has left.
    private static final Set<String> STOPPED = Set.of("keyward-auditors", "keyward-maintainers");

    private static final AtomicInteger CASES = new AtomicInteger();

    /// `recover` keeps no state in a folder for temporary files.
    @TempDir(factory = OutsideTemporaryFolders.class)
    private static Path folder;

    private static SecuredKafka kafka;
    private static EmbeddedSchemaRegistry registry;

    /// The settings of each user's clients.
    private static final Map<String, Map<String, String>> CREDENTIALS = new HashMap<>();

    /// All names are of one length, so that none begins with another one.
    private final String application = "case-%03d".formatted(CASES.incrementAndGet());
    private final TopicNames names = new TopicNames(application + ".");

    @BeforeAll
    static void start() throws Exception {
        kafka = SecuredKafka.start(folder);
        registry = EmbeddedSchemaRegistry.start(Optional.empty(), "127.0.0.1", 0);
        for (String user : LIST.users().keySet()) {
            CREDENTIALS.put(user, kafka.user(user));
        }
    }

    @AfterAll
    static void stop() {
        registry.close();
        kafka.close();
    }

    @ParameterizedTest
    @ValueSource(strings = "streams")
    void withTheListEverybodyDoesTheirWork(String groupProtocol) throws Exception {
        kafka.allow(LIST.bindings(names.prefix(), application));
        createAndCheckTopics();
        try (Instance instance = Instance.prepare(
                config("keyward", Map.of("keyward.streams.group.protocol", groupProtocol)),
                false,
                Cluster.NOTHING_DUE)) {
            instance.start();
            for (String user : LIST.users().keySet()) {
                assertThat(publish(user, linesOf(user)).exitCode()).as(user).isZero();
            }
            checkTheIntake();
            send("keyward-policies", names.name(Topic.POLICY_APPLIED), "no event".getBytes(StandardCharsets.UTF_8));
            within().until(() -> watch("keyward-readers", "decisions").out().contains("\"key\":\"contoso/hr\""));
            assertThat(tenant(TenantExportCommand.class, "contoso").exitCode()).isZero();
            assertThat(tenant(TenantEraseCommand.class, "fabrikam", "--dry-run").exitCode())
                    .isZero();
            assertThat(tenant(TenantEraseCommand.class, "fabrikam", "--yes").exitCode())
                    .isZero();
            for (String user : List.of("keyward-operators", "keyward-policies")) {
                within().until(() ->
                        watch(user, "dead-letters").outLines().stream().anyMatch(line -> line.contains("UNREADABLE")));
            }
            assertThat(run(DeadLettersCommand.class, "keyward-repairers", "", "resend", "--as-they-were", "--yes")
                            .out())
                    .contains("Sent 1 record");
            assertThat(audits())
                    .allSatisfy(run ->
                            assertThat(run.exitCode()).as(run.out() + run.err()).isZero());
            try (Replica replica = Replica.start(followed())) {
                within().until(() ->
                        replica.status().ready() && replica.missing().isEmpty());
            }
            instance.rethrowFailure();
        }
        assertThat(readInAGroup("keyward-readers", application + "-readers-1")).isPositive();
        assertThat(reshard("plan", "--partitions", "2").exitCode()).isZero();
        assertThat(maintenance())
                .hasSize(3)
                .allSatisfy(run -> assertThat(run.exitCode()).as(run.err()).isZero());
        try (Instance moved = Instance.prepare(config("keyward", Map.of()), false, Cluster.NOTHING_DUE)) {
            moved.start();
            within().until(() -> InstanceHealth.readiness(moved).ok());
            Run state = verify("state");
            assertThat(state.exitCode()).as(state.out() + state.err()).isZero();
        }
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = "classic")
    void withTheListEverybodyDoesTheirWorkInGroupsOfTheOtherProtocol(String groupProtocol) throws Exception {
        withTheListEverybodyDoesTheirWork(groupProtocol);
    }

    @Test
    void startingAnewTakesNothingThatIsNotOnTheList() throws Exception {
        kafka.allow(LIST.bindings(names.prefix(), application));
        createAndCheckTopics();
        try (Instance instance = Instance.prepare(config("keyward", Map.of()), true, Cluster.NOTHING_DUE)) {
            assertThat(instance.notes()).noneMatch(note -> note.contains("--start-anew"));
        }
    }

    @Test
    void theProcessorWarnsAboutAChangelogThatTakesNoWrites() throws Exception {
        kafka.allow(LIST.bindings(names.prefix(), application));
        createAndCheckTopics();
        try (Instance instance = Instance.prepare(config("keyward", Map.of()), false, Cluster.NOTHING_DUE)) {
            instance.start();
            within().until(() -> InstanceHealth.readiness(instance).ok());
        }
        String changelog = application + "-keys-changelog";
        kafka.administrator()
                .incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, changelog),
                        List.of(new AlterConfigOp(new ConfigEntry("min.insync.replicas", "2"), OpType.SET))))
                .all()
                .get();
        within().untilAsserted(() -> {
            try (Instance again = Instance.prepare(config("keyward", Map.of()), false, Cluster.NOTHING_DUE)) {
                assertThat(again.notes()).anyMatch(note -> note.contains(changelog + " has min.insync.replicas=2"));
            }
        });
    }

    /// The index of each operation in the list, since the parameterized names differ in each case.
    static IntStream places() {
        return IntStream.range(0, LIST.bindings("", "").size());
    }

    /// The first operation of each user.
    static IntStream firstPlaces() {
        Set<String> users = new HashSet<>();
        List<AclBinding> bindings = LIST.bindings("", "");
        return places().filter(place -> users.add(bindings.get(place).entry().principal()));
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("places")
    void whateverIsMissingIsNamed(int place) throws Exception {
        whatIsMissingIsNamed(place);
    }

    @ParameterizedTest
    @MethodSource("firstPlaces")
    void whatIsMissingIsNamed(int place) throws Exception {
        AclBinding missing = LIST.bindings(names.prefix(), application).get(place);
        kafka.allow(LIST.bindings(names.prefix(), application));
        kafka.forbid(missing);
        String user = missing.entry().principal().substring("User:".length());
        if (!user.equals("keyward-admin")) {
            createAndCheckTopics();
        }
        if (STOPPED.contains(user)) {
            leaveAStoppedApplication();
        }
        String refusal = refusal(user);
        assertThat(refusal).as("without %s", missing).contains(missing.pattern().name());
        // Groups and progress are read by Kafka's own consumer, which names the resource and leaves the rest to the
        // docs.
        if (!user.equals("keyward-readers")
                || (missing.pattern().resourceType() != ResourceType.GROUP
                        && !missing.pattern().name().equals(names.name(Topic.PROGRESS)))) {
            assertThat(refusal)
                    .as("without %s", missing)
                    .contains(missing.entry().operation().name());
        }
    }

    @Test
    void whoWatchesKeysNeedsWhatTheServiceThatFollowsThemMayDo() throws Exception {
        kafka.allow(LIST.bindings(names.prefix(), application));
        createAndCheckTopics();
        assertThatThrownBy(() -> Instance.prepare(watching(), false, Cluster.NOTHING_DUE))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContainingAll(Topics.keyInputs().stream()
                        .map(topic -> "WRITE on topic " + names.name(topic))
                        .toArray(String[]::new));
        kafka.allow(LIST.bindings("keyward-keys", names.prefix(), application).stream()
                .map(AccessListIT::forTheProcessor)
                .toList());
        try (Instance instance = Instance.prepare(watching(), false, Cluster.NOTHING_DUE)) {
            assertThat(InstanceHealth.liveness(instance).ok()).isTrue();
        }
    }

    private KeywardConfig watching() {
        return config(
                "keyward",
                Map.of(
                        "keyward.vault.watch", "true",
                        "keyward.vault.credential", "emulated",
                        "keyward.vault.emulator", "http://127.0.0.1:1"));
    }

    private static AclBinding forTheProcessor(AclBinding binding) {
        AccessControlEntry entry = binding.entry();
        return new AclBinding(
                binding.pattern(),
                new AccessControlEntry("User:keyward", entry.host(), entry.operation(), entry.permissionType()));
    }

    @Test
    void nobodyDoesWhatIsNotOnTheList() throws Exception {
        kafka.allow(LIST.bindings(names.prefix(), application));
        createAndCheckTopics();
        Run revoking = publish("keyward-limits", linesOf("keyward-keys"));
        assertThat(revoking.exitCode()).isOne();
        assertThat(revoking.err()).contains("WRITE", names.name(Topic.KEY_REVOKED));
        Run prying = watch("keyward-readers", "dead-letters");
        assertThat(prying.exitCode()).isOne();
        assertThat(prying.err()).contains("READ", names.deadLetters());
        Run repairing = run(DeadLettersCommand.class, "keyward-limits", "", "resend", "--as-they-were");
        assertThat(repairing.exitCode()).isOne();
        assertThat(repairing.err()).contains("READ", names.name(Topic.KEY_REVOKED));
        assertThatThrownBy(() -> readInAGroup("keyward-readers", application))
                .isInstanceOf(GroupAuthorizationException.class);
    }

    @Test
    void aWrongPasswordIsNoMissingOperation() throws Exception {
        Map<String, String> credentials = new HashMap<>(CREDENTIALS.get("keyward"));
        Path login = Path.of(credentials.get("keyward.kafka.sasl.jaas.config.file"));
        credentials.put(
                "keyward.kafka.sasl.jaas.config.file",
                Files.writeString(
                                folder.resolve("wrong.jaas"),
                                Files.readString(login).replace("secret-of-", "guess-of-"))
                        .toString());
        assertThatThrownBy(() -> Instance.prepare(load(settings(credentials, Map.of())), false, Cluster.NOTHING_DUE))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("refuses the credentials")
                .hasMessageContaining("keyward.kafka.sasl.*")
                .hasMessageNotContaining("guess-of-");
    }

    /// The failure of the user's work; empty if it succeeds without the permission.
    private String refusal(String user) throws Exception {
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
            case "keyward-keys" -> refusalOfAProducer(user) + refusalOfReading(user, Topic.KEY_HINTS);
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

    /// The state of a processor that has run, without any event.
    private void leaveAStoppedApplication() throws Exception {
        List<String> changelogs = config("keyward", Map.of()).changelogs();
        kafka.administrator()
                .createTopics(changelogs.stream()
                        .map(name -> new NewTopic(name, 1, (short) 1).configs(Map.of("cleanup.policy", "compact")))
                        .toList())
                .all()
                .get();
        // The controller confirms topics before the broker has them.
        Awaitility.await()
                .until(() -> kafka.administrator().listTopics().names().get().containsAll(changelogs));
        kafka.administrator()
                .alterConsumerGroupOffsets(
                        application,
                        Map.of(new TopicPartition(names.name(Topic.KEY_REVOKED), 0), new OffsetAndMetadata(0)))
                .all()
                .get();
    }

    /// All that `verify` can do.
    private List<Run> audits() throws Exception {
        SigningKeyFiles keys = SigningKeyFiles.in(folder);
        Path base = folder.resolve("base-" + application);
        return List.of(
                verify("state"),
                verify("base", "--output", base, "--signing-key", keys.privateKey()),
                verify("inputs"),
                verify("inputs", "--base", base, "--public-key", keys.publicKey()),
                verify("output", "encryption-decisions", 0, 0));
    }

    private Run verify(Object... arguments) throws Exception {
        return run(
                VerifyCommand.class,
                "keyward-auditors",
                "",
                Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    }

    /// A move, the deletion of what it leaves, and a recovery; nothing more behind what fails.
    private List<Run> maintenance() throws Exception {
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

    private Run reshard(String... arguments) throws Exception {
        return run(ReshardCommand.class, "keyward-maintainers", "", arguments);
    }

    private static String refusals(List<Run> runs) {
        return runs.stream().map(Run::err).collect(Collectors.joining());
    }

    private Run tenant(Class<?> command, String... arguments) throws Exception {
        return run(command, "keyward-privacy", "", arguments);
    }

    /// What `topics check` and Kafka's own tools are denied.
    private String refusalOfDescriptions(String user) {
        KeywardConfig config = config(user, Map.of());
        String changelog = application + "-keys-changelog";
        try (TopicAdmin topics = TopicAdmin.connect(config);
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

    private void checkTheIntake() {
        new StartChecks(config("keyward-intake", Map.of())).checkTopicsOfIntake();
    }

    /// What a service is denied that publishes events and follows what becomes of them.
    private String refusalOfAProducer(String user) throws Exception {
        return publish(user, linesOf(user)).err()
                + watch(user, "dead-letters").err()
                + refusalOfReading(user, Topic.PROGRESS);
    }

    /// What a reader without a group is denied.
    private String refusalOfReading(String user, Topic topic) {
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

    private static String denied(Denial denial, KafkaFuture<?> answer) {
        return catchThrowable(answer::get) instanceof ExecutionException failure
                        && failure.getCause() instanceof AuthorizationException
                ? denial.toString()
                : "";
    }

    /// Permissions on changelogs can be checked only once they exist, at the second start.
    private String refusalOfTheProcessor() {
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

    /// What the console says that it needs. Its changelogs exist only once a processor has started.
    private String refusalOfTheConsole() {
        try (Instance instance = Instance.prepare(config("keyward", Map.of()), false, Cluster.NOTHING_DUE)) {
            instance.start();
            within().until(() -> InstanceHealth.readiness(instance).ok());
        }
        try (Replica replica = Replica.start(followed())) {
            within().until(() -> replica.status().message().contains("needs the operation"));
            return replica.status().message();
        }
    }

    private ReplicaSettings followed() {
        return new ReplicaSettings(
                Map.copyOf(config("keyward-console", Map.of()).kafka().values()),
                new FollowedTopics(application, names),
                new DatabaseSettings(
                        folder.resolve("replica-" + application),
                        16 << 20,
                        DatabaseSettings.TIMELINE_KEPT,
                        "not compared here"));
    }

    private void createAndCheckTopics() {
        try (TopicAdmin topics = TopicAdmin.connect(config("keyward-admin", Map.of()))) {
            topics.create();
            assertThat(topics.check().passed()).isTrue();
        }
    }

    private Run publish(String user, List<String> lines) throws Exception {
        return lines.isEmpty() ? new Run(0, "", "") : run(PublishCommand.class, user, String.join("\n", lines), "-");
    }

    private Run watch(String user, String output) throws Exception {
        return run(WatchCommand.class, user, "", output, "--json", "--from-start", "--until-end");
    }

    private Run run(Class<?> command, String user, String input, String... arguments) throws Exception {
        Path file = folder.resolve(application + "-" + user + ".properties");
        Properties properties = new Properties();
        properties.putAll(settings(CREDENTIALS.get(user), Map.of()));
        try (var out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", file.toString()));
        return Run.of(command, input, all);
    }

    private void send(String user, String topic, byte[] value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>copyOf(config(user, Map.of()).kafka().values()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    private int readInAGroup(String user, String group) {
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
    private static List<String> linesOf(String user) {
        return LIST.users().get(user).allow().stream()
                .filter(allowed -> allowed.operations().contains(AclOperation.WRITE))
                .flatMap(allowed -> Topic.ofBaseName(allowed.nameFor("", "")).stream())
                .filter(Topic.inputs()::contains)
                .map(AccessListIT::line)
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
                    REROUTED,
                    DEAD_LETTERS -> throw new IllegalArgumentException(topic + " is no input");
        };
        return "{\"topic\":\"%s\",\"value\":{\"eventId\":\"e1\",\"tenantId\":\"contoso\",\"occurredAt\":\"2026-03-01T10:00:00Z\",%s}}"
                .formatted(topic.baseName(), about);
    }

    private KeywardConfig config(String user, Map<String, String> more) {
        return load(settings(CREDENTIALS.get(user), more));
    }

    private Map<String, String> settings(Map<String, String> credentials, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(credentials);
        settings.put("keyward.registry.url", registry.url().toString());
        settings.put("keyward.application.id", application);
        settings.put("keyward.topics.prefix", names.prefix());
        settings.put("keyward.topics.partitions", "1");
        settings.put("keyward.state.dir", folder.resolve("state-" + application).toString());
        settings.put("keyward.http.port", "0");
        settings.putAll(more);
        return settings;
    }

    private static KeywardConfig load(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        return KeywardConfig.load(Optional.empty(), Map.of(), properties);
    }

    private static String message(Throwable thrown) {
        return thrown == null ? "" : String.valueOf(thrown.getMessage());
    }

    private static ConditionFactory within() {
        return Awaitility.await().pollInterval(Duration.ofMillis(100));
    }
}
