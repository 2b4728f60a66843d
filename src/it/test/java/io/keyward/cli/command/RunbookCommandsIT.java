package io.keyward.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.app.console.Console;
import io.keyward.app.run.Instance;
import io.keyward.cli.Main;
import io.keyward.cluster.SchemaAdmin;
import io.keyward.cluster.TopicAdmin;
import io.keyward.config.KeywardConfig;
import io.keyward.sandbox.EmbeddedKeyVault;
import io.keyward.sandbox.EmbeddedSchemaRegistry;
import io.keyward.sandbox.SecuredKafka;
import io.keyward.sandbox.vault.KeyKind;
import io.keyward.sandbox.vault.NewKey;
import io.keyward.testing.AccessList;
import io.keyward.testing.Cluster;
import io.keyward.testing.Run;
import io.keyward.testing.process.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.tools.GetOffsetShell;
import org.apache.kafka.tools.TopicCommand;
import org.apache.kafka.tools.consumer.group.ConsumerGroupCommand;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs every command of every runbook as written, as its intended user, on a broker that enforces the access
/// list. It works, finds what it looks for, and prints readable output.
@Tag("full")
class RunbookCommandsIT {
    private static final Path RUNBOOKS = Path.of("deploy", "runbooks");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern COMMAND = Pattern.compile("(bin/keyward|kafka-[a-z-]+\\.sh|curl) .*", Pattern.DOTALL);

    /// Commands that use no cluster: the sandbox starts its own.
    private static final String ELSEWHERE = "bin/keyward sandbox";

    /// Nothing is configured.
    private static final Pattern ONLY_WHAT_IS_WRONG = Pattern.compile("--(unavailable|under-min-isr)-partitions");

    /// Nobody reads more than a screen.
    private static final int MOST_LINES = 50;

    private static final int LOCKED = 120;
    private static final String DISABLED = ",\"cause\":\"KEY_DISABLED\"";
    private static final String INVENTORY =
            "\"type\":\"PRODUCTION\",\"managed\":true,\"lifecycle\":\"ACTIVE\",\"cloudFlows\":{\"count\":0},\"desktopFlows\":{\"count\":0}";
    private static final String VAULT = "kv-contoso.vault.azure.net";
    private static final Map<String, Class<?>> PROGRAMS = Map.of(
            "keyward", Main.class,
            "kafka-consumer-groups.sh", ConsumerGroupCommand.class,
            "kafka-get-offsets.sh", GetOffsetShell.class,
            "kafka-topics.sh", TopicCommand.class);

    @TempDir
    private static Path folder;

    private static SecuredKafka kafka;
    private static EmbeddedSchemaRegistry registry;
    private static EmbeddedKeyVault vault;
    private static Instance instance;
    private static Console console;

    /// The placeholders of the runbooks, the longest first.
    private static final Map<String, String> PLACEHOLDERS =
            new TreeMap<>((a, b) -> a.length() == b.length() ? a.compareTo(b) : b.length() - a.length());

    /// A command, and its place in the runbook.
    record Command(String runbook, String text) {
        String program() {
            return text.split(" ", 2)[0];
        }

        @Override
        public String toString() {
            return runbook + ": " + text;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        kafka = SecuredKafka.start(folder);
        registry = EmbeddedSchemaRegistry.start(Optional.empty(), "127.0.0.1", 0);
        vault = EmbeddedKeyVault.start(Optional.empty(), 0, Clock.systemUTC());
        vault.vaults().open(VAULT, "tenant-1", true);
        vault.vaults().create(VAULT, "hr", NewKey.of(KeyKind.RSA_2048).withVersion("v1"));
        kafka.allow(AccessList.load().bindings("cmk.", "keyward"));
        Map<String, Path> files = new HashMap<>();
        for (String user : AccessList.load().users().keySet()) {
            files.put(user, configuration(user));
        }
        KeywardConfig administrator = load(files.get("keyward-admin"));
        try (TopicAdmin topics = new TopicAdmin(administrator);
                SchemaAdmin schemas = new SchemaAdmin(administrator)) {
            topics.create();
            schemas.register();
        }
        instance = Instance.prepare(load(files.get("keyward")), false, Cluster.NOTHING_DUE);
        instance.start();
        story(files);
        console = Console.start(load(files.get("keyward-console")));
        Awaitility.await().until(console::isReady);
        writePrograms();
        PLACEHOLDERS.putAll(Map.of("TENANT-ID", "contoso", "ENVIRONMENT-ID", "env-1"));
        PLACEHOLDERS.putAll(Map.of(
                "REPAIRER-FILE", files.get("keyward-repairers").toString(),
                "INSTANCE-FILE", files.get("keyward").toString(),
                "CLIENT-FILE", clientFile(load(files.get("keyward-operators"))).toString(),
                "FILE", files.get("keyward-operators").toString(),
                "BROKER", String.valueOf(administrator.kafka().values().get("bootstrap.servers")),
                "http://INSTANCE:8080", instance.httpUri().toString(),
                "http://CONSOLE:8090", console.uri().toString(),
                "URL/subjects", registry.url() + "/subjects",
                "KEY-URI", "https://" + VAULT + "/keys/hr"));
    }

    @AfterAll
    static void stop() {
        console.close();
        instance.close();
        vault.close();
        registry.close();
        kafka.close();
    }

    /// Each command once: several runbooks have some of them.
    static Stream<Command> commands() throws IOException {
        Set<String> texts = new HashSet<>();
        try (Stream<Path> runbooks = Files.list(RUNBOOKS)) {
            return runbooks.sorted().toList().stream()
                    .flatMap(RunbookCommandsIT::commandsIn)
                    .filter(command -> texts.add(command.text()));
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandWorks(Command command) throws Exception {
        String typed = command.text();
        for (Map.Entry<String, String> placeholder : PLACEHOLDERS.entrySet()) {
            typed = typed.replace(placeholder.getKey(), placeholder.getValue());
        }
        Path out = folder.resolve("out");
        ProcessBuilder shell = new ProcessBuilder("bash", "-o", "pipefail", "-c", typed)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        shell.environment().merge("PATH", folder + ":", (path, first) -> first + path);
        assertThat(shell.start().waitFor())
                .as("%s%n%s", typed, Files.readString(out))
                .isZero();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).as(typed).hasSizeLessThanOrEqualTo(MOST_LINES);
        assertThat(lines.isEmpty())
                .as(typed)
                .isEqualTo(ONLY_WHAT_IS_WRONG.matcher(typed).find());
    }

    @Test
    void thereAreCommandsOfEachKind() throws IOException {
        assertThat(commands().map(Command::program))
                .contains("bin/keyward", "curl", "kafka-topics.sh", "kafka-get-offsets.sh", "kafka-consumer-groups.sh");
    }

    private static Stream<Command> commandsIn(Path runbook) {
        try {
            return CODE.matcher(Files.readString(runbook))
                    .results()
                    .map(code -> code.group(1).replaceAll("\\s+", " "))
                    .filter(code -> COMMAND.matcher(code).matches() && !code.startsWith(ELSEWHERE))
                    .map(code -> new Command(runbook.getFileName().toString(), code));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Many locked environments, one that is to be enabled again, a tenant at its limit, one environment whose
    /// components are late, one of them because it failed, and a dead letter.
    private static void story(Map<String, Path> files) throws Exception {
        List<String> snapshots = new ArrayList<>();
        List<String> policies = new ArrayList<>();
        for (String tenant : List.of("contoso", "fabrikam")) {
            IntStream.range(0, LOCKED).forEach(number -> {
                String about = "\"tenantId\":\"%s\",\"environmentId\":\"env-%d\"".formatted(tenant, number);
                snapshots.add(line("environment-changed", about, INVENTORY));
                policies.add(line("policy-applied", about, "\"policyId\":\"p\",\"key\":{%s}".formatted(key(tenant))));
            });
        }
        String unlocked = "\"tenantId\":\"northwind\",\"environmentId\":\"env-0\"";
        snapshots.add(line("environment-changed", unlocked, INVENTORY));
        policies.add(line("policy-applied", unlocked, "\"policyId\":\"p\",\"key\":{%s}".formatted(key("northwind"))));
        publish(files.get("keyward-environments"), snapshots);
        publish(
                files.get("keyward-limits"),
                List.of(line("tenant-limit-changed", "\"tenantId\":\"contoso\"", "\"environmentLimit\":500")));
        publish(files.get("keyward-policies"), policies);
        publish(
                files.get("keyward-keys"),
                List.of(
                        line("key-revoked", "\"tenantId\":\"contoso\"", key("contoso") + DISABLED),
                        line("key-revoked", "\"tenantId\":\"northwind\"", key("northwind") + DISABLED),
                        later(line("key-restored", "\"tenantId\":\"northwind\"", key("northwind")))));
        String unproven = "\"tenantId\":\"fabrikam\",\"environmentId\":\"env-0\"";
        publish(files.get("keyward-components"), List.of(later(line("enforcement-reported", unproven, """
                        "component":"DATAVERSE","phase":"FAILED","items":[],"complete":true,"failedCount":3"""))));
        publish(files.get("keyward-environments"), List.of(later(line("environment-changed", unproven, INVENTORY))));
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>copyOf(
                        load(files.get("keyward-policies")).kafka().values()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("cmk.policy-applied", "no event".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
        Awaitility.await().until(() -> {
            instance.rethrowFailure();
            return isVisible(files.get("keyward-readers"));
        });
    }

    private static boolean isVisible(Path file) throws Exception {
        String decisions = Run.of(
                        WatchCommand.class,
                        "",
                        List.of("decisions", "--config", file.toString(), "--from-start", "--until-end"))
                .out();
        return decisions
                                .lines()
                                .filter(line -> line.contains("contoso") && line.contains("LOCKED"))
                                .count()
                        == LOCKED
                && decisions.lines().anyMatch(line -> line.contains("northwind") && line.contains("RECOVERABLE"));
    }

    private static String key(String tenant) {
        return "\"vaultUri\":\"https://kv-%s.vault.azure.net\",\"keyName\":\"hr\"".formatted(tenant);
    }

    private static String line(String topic, String about, String more) {
        return "{\"topic\":\"%s\",\"value\":{\"eventId\":\"e\",\"occurredAt\":\"2026-03-01T10:00:00Z\",%s,%s}}"
                .formatted(topic, about, more);
    }

    /// Beyond the deadline of R30.
    private static String later(String line) {
        return line.replace("2026-03-01", "2026-03-09");
    }

    private static void publish(Path file, List<String> lines) {
        Run run = Run.of(PublishCommand.class, String.join("\n", lines), List.of("--config", file.toString(), "-"));
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static Path configuration(String user) throws Exception {
        Map<String, String> settings = new HashMap<>(kafka.user(user));
        // Limits that only end a hang, however slow the machine is.
        settings.putAll(Map.of(
                "keyward.kafka.default.api.timeout.ms", "300000",
                "keyward.vault.timeout", "PT5M"));
        settings.putAll(Map.of(
                "keyward.registry.url", registry.url().toString(),
                "keyward.rules.evidence", "report",
                "keyward.topics.partitions", "3",
                "keyward.state.dir", folder.resolve("state").toString(),
                "keyward.http.port", "0",
                "keyward.console.port", "0",
                "keyward.console.state.dir", folder.resolve("console").toString(),
                "keyward.vault.credential", "emulated",
                "keyward.vault.allowed-tenants", "*",
                "keyward.vault.emulator", vault.url().toString()));
        return write(user + ".properties", settings);
    }

    /// The settings of Kafka's own tools: what stands behind `keyward.kafka.`, secrets read from their files.
    private static Path clientFile(KeywardConfig config) throws IOException {
        return write(
                "client.properties",
                config.kafka().values().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, setting -> String.valueOf(setting.getValue()))));
    }

    private static Path write(String name, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        Path file = folder.resolve(name);
        try (var out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        return file;
    }

    private static KeywardConfig load(Path file) {
        return KeywardConfig.load(Optional.of(file), Map.of(), new Properties());
    }

    /// Scripts under the names that the runbooks use.
    private static void writePrograms() throws IOException {
        Files.createDirectory(folder.resolve("bin"));
        for (Map.Entry<String, Class<?>> program : PROGRAMS.entrySet()) {
            Path script = folder.resolve(program.getKey().endsWith(".sh") ? "" : "bin")
                    .resolve(program.getKey());
            String command = ChildJvm.Program.of(program.getValue()).small().command().command().stream()
                    .map("'%s'"::formatted)
                    .collect(Collectors.joining(" "));
            Files.writeString(script, "#!/bin/sh\nexec %s \"$@\"\n".formatted(command));
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        }
    }
}
