package io.keyward.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.cli.terminal.Terminal;
import io.keyward.testing.Program;
import io.keyward.testing.Run;
import io.keyward.testing.process.FreePorts;
import io.keyward.testing.process.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands `sandbox` and `run`, as a shell sees them.
class SandboxIT {
    /// What a shell sees of a process that SIGTERM has ended.
    private static final int TERMINATED = 143;

    /// The processor refuses a state folder for temporary files, and the checkout may be in one.
    @TempDir
    Path folder;

    private final int ports = FreePorts.sevenInARow();

    @Tag("full")
    @Test
    void theSampleIsDecidedOnceHoweverOftenItIsSent() {
        String first = sample("first");
        assertThat(first).contains("fabrikam/shop-26", "FLOWS_ON_MICROSOFT_MANAGED_KEY", "KEY_REVOKED", "revision 1");
        String second = sample("second");
        assertThat(second).doesNotContain("revision 1");
        assertThat(summary(second)).isNotEmpty().isEqualTo(summary(first));
    }

    @Tag("full")
    @Test
    void aProcessorOfItsOwnRunsAgainstTheServicesUntilItIsToldToStop() throws Exception {
        try (Program services = servicesWhileTheHttpPortIsTaken()) {
            Path config = Files.writeString(folder.resolve("keyward.properties"), services.out());
            try (Program processor = Program.start(folder, "processor", "run", "--config", config);
                    Program console = Program.start(folder, "console", "console", "--config", config)) {
                processor.awaitErr("Started");
                assertThat(get(ports + 2, "/health/live").statusCode()).isEqualTo(200);
                console.awaitErr("The console is at http://127.0.0.1:" + (ports + 4));
                console.awaitErr("Replica READY");
                assertThat(console.terminate().exitCode()).isEqualTo(TERMINATED);
                assertThat(console.err()).contains("Stopped").doesNotContain(" ERROR ", "Exception");
                assertThat(processor.terminate().exitCode()).isEqualTo(TERMINATED);
                assertThat(processor.err()).contains("Stopped").doesNotContain(" ERROR ", "Exception");
            }
            assertThat(services.terminate().exitCode()).isEqualTo(TERMINATED);
            assertThat(services.err()).doesNotContain(" ERROR ", "Exception");
        }
    }

    /// The port is that of the processor, which may be running.
    private Program servicesWhileTheHttpPortIsTaken() throws IOException {
        try (ServerSocket processor = new ServerSocket()) {
            processor.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), ports + 2));
            Program services = Program.start(folder, "services", "sandbox", "--services-only", "--port-base", ports);
            services.awaitOut("keyward.vault.watch");
            return services;
        }
    }

    /// As the README shows it, with hints: without one, the watch would find each change within hours. No event tells
    /// that a key was disabled, so a change of its role assignments makes the watch probe it.
    @Test
    void aKeyThatItsOwnerDisablesLocksUntilItIsEnabledAndTheRuntimeIsToo() throws Exception {
        Map<String, String> environment = Map.of("KEYWARD_VAULT_PERIOD", "PT24H");
        try (Program sandbox = Program.startIn(environment, folder, "watching", "sandbox", "--port-base", ports)) {
            sandbox.awaitOut("stays up until Ctrl-C");
            assertThat(sandbox.out())
                    .contains("Console          http://127.0.0.1:" + (ports + 4))
                    .contains("Intake           http://127.0.0.1:" + (ports + 5));
            Patience.until(
                    "the console knows the sample",
                    () -> answer("explain", "northwind/orders-prod").contains("LOCKED"));
            assertThat(answer("explain", "northwind/orders-prod")).contains("R20");
            answer("vault", "disable", "kv-contoso/hr");
            answer("vault", "deny", "kv-contoso/hr");
            sandbox.awaitOut(line("contoso", "Azure: ResourceDeleteSuccess kv-contoso/hr  via Event Grid"));
            sandbox.awaitOut(line("contoso", "intake: hint to probe kv-contoso/*"));
            answer("vault", "allow", "kv-contoso/hr");
            sandbox.awaitOut(line("contoso", "Azure: ResourceWriteSuccess kv-contoso/hr  via Event Grid"));
            sandbox.awaitOut(line("contoso", "key watch: KeyRevoked kv-contoso/hr"));
            sandbox.awaitOut(line("contoso/hr-prod", "LOCKED"));
            sandbox.awaitOut(line("contoso/hr-prod", "CRITICAL KEY_REVOKED"));
            answer("vault", "enable", "kv-contoso/hr");
            answer("vault", "deny", "kv-contoso/hr");
            answer("vault", "allow", "kv-contoso/hr");
            sandbox.awaitOut(line("contoso", "key watch: KeyRestored kv-contoso/hr"));
            sandbox.awaitOut(line("contoso/hr-prod", "RECOVERABLE"));
            Path enabled = Files.writeString(folder.resolve("enabled.jsonl"), """
                {"topic":"environment-changed","value":{"eventId":"enabled","tenantId":"contoso","occurredAt":"%s",\
                "environmentId":"hr-prod","type":"PRODUCTION","managed":true,"lifecycle":"ACTIVE",\
                "cloudFlows":{"count":0},"desktopFlows":{"count":0}}}
                """.formatted(Instant.now()));
            answer("publish", enabled);
            sandbox.awaitOut(line("contoso/hr-prod", "cleared REENABLE_REQUIRED"));
            answer("vault", "rotate", "kv-litware/ledger");
            sandbox.awaitOut(line("litware", "Azure: KeyNewVersionCreated kv-litware/ledger  via Event Grid"));
            sandbox.awaitOut(line("litware", "intake: KeyRotated kv-litware/ledger"));
            sandbox.awaitOut("revision 21  enforced 2 of 8");
            // The intake and the watch both report the new version; the second one may cause a revision, too.
            Pattern proven = Pattern.compile("litware/ledger-prod .* revision 2[78]  enforced 8 of 8");
            Patience.until(
                    "the rotation is proven",
                    () -> proven.matcher(sandbox.out()).find());
            assertThat(sandbox.terminate().exitCode()).isEqualTo(TERMINATED);
            assertThat(sandbox.err()).doesNotContain(" ERROR ", "Exception");
        }
    }

    /// Each cause is as the platform would publish it. What the watch sees ends the one that it can disprove, and this
    /// shows that it has seen enough to end the other.
    @Tag("full")
    @Test
    void aLockForTheGrantOfThePolicyStaysWhileKeywardMayUseTheKey() throws Exception {
        Map<String, String> environment = Map.of("KEYWARD_VAULT_GRACE", "PT1S");
        try (Program sandbox = Program.startIn(environment, folder, "granting", "sandbox", "--port-base", ports)) {
            sandbox.awaitOut("stays up until Ctrl-C");
            answer("vault", "deny", "kv-contoso/hr", "--to", "policy");
            answer("publish", revoked("ACCESS_REMOVED"));
            sandbox.awaitOut(line("contoso/hr-prod", "LOCKED"));
            answer("publish", revoked("KEY_DISABLED"));
            sandbox.awaitOut(line("contoso", "key watch: KeyRestored kv-contoso/hr  (KEY_DISABLED)"));
            assertThat(answer("explain", "contoso/hr-prod")).contains("LOCKED", "ACCESS_REMOVED");
            assertThat(sandbox.out())
                    .doesNotContain(
                            "KeyRestored kv-contoso/hr  (ACCESS_REMOVED)", line("contoso/hr-prod", "RECOVERABLE"));
        }
    }

    private Path revoked(String cause) throws IOException {
        return Files.writeString(folder.resolve(cause + ".jsonl"), """
                {"topic":"key-revoked","value":{"eventId":"%s","tenantId":"contoso","occurredAt":"%s",\
                "vaultUri":"https://kv-contoso.vault.azure.net","keyName":"hr","cause":"%s"}}
                """.formatted(cause, Instant.now(), cause));
    }

    private String answer(Object... words) {
        List<String> arguments = Stream.concat(Stream.of(words), Stream.of("--port-base", ports))
                .map(Object::toString)
                .toList();
        Run run = Run.ofKeyward(Terminal.PLAIN, "", arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out();
    }

    private static String line(String environment, String what) {
        return "%-26s%s".formatted(environment, what);
    }

    @Test
    void aTakenPortIsNamedBeforeAnythingStarts() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), ports + 2));
            try (Program sandbox = Program.start(folder, "taken", "sandbox", "--port-base", ports)) {
                assertThat(sandbox.exitCode()).isEqualTo(1);
                assertThat(sandbox.err())
                        .startsWith("keyward: Port " + (ports + 2))
                        .contains("--port-base");
                assertThat(sandbox.err().lines()).hasSize(1);
            }
        }
    }

    @Tag("full")
    @Test
    void anIntakeOfItsOwnTakesWhatTheServicesEmit() throws Exception {
        try (Program services = Program.start(folder, "services", "sandbox", "--services-only", "--port-base", ports)) {
            services.awaitOut("keyward.vault.watch");
            Path config = Files.writeString(folder.resolve("keyward.properties"), services.out());
            Map<String, String> environment = Map.of("KEYWARD_HTTP_PORT", Integer.toString(ports + 6));
            try (Program intake = Program.startIn(environment, folder, "intake", "intake", "--config", config)) {
                intake.awaitErr("Started");
                answer("vault", "rotate", "kv-fabrikam/shops");
                Patience.until("the event is taken", this::delivered);
                assertThat(intake.terminate().exitCode()).isEqualTo(TERMINATED);
                assertThat(intake.err()).doesNotContain(" ERROR ", "Exception");
            }
            assertThat(services.terminate().exitCode()).isEqualTo(TERMINATED);
            assertThat(services.err()).doesNotContain(" ERROR ", "Exception");
        }
    }

    /// Whether the intake has got an event into Kafka.
    private boolean delivered() {
        return get(ports + 6, "/metrics")
                .body()
                .lines()
                .anyMatch(line -> line.startsWith("keyward_intake_items_total{") && !line.contains("other"));
    }

    /// Runs the sample on kept data, and returns what it prints.
    private String sample(String name) {
        try (Program sandbox =
                Program.start(folder, name, "sandbox", "--exit-after-sample", "--port-base", ports, "--data", "data")) {
            assertThat(sandbox.exitCode()).as(sandbox.err()).isZero();
            assertThat(sandbox.err()).doesNotContain(" ERROR ", "Exception");
            return sandbox.out();
        }
    }

    private static List<String> summary(String out) {
        return out.lines().dropWhile(line -> !line.startsWith("Environment ")).toList();
    }

    private static HttpResponse<String> get(int port, String path) {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            throw Patience.interrupted(stopped);
        }
    }
}
