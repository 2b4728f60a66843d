package io.keyward.console.web;

import io.keyward.config.AccessSettings;
import io.keyward.config.KeywardConfig;
import io.keyward.config.VaultLink;
import io.keyward.console.access.ConsoleGate;
import io.keyward.console.answer.Questions;
import io.keyward.console.api.ConsoleApi;
import io.keyward.console.replica.FilledReplica;
import io.keyward.console.replica.ReplicaView;
import io.keyward.console.whatif.WhatIf;
import io.keyward.console.whatif.WhatIfLimits;
import io.keyward.domain.Decider;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.RuleProfile.Evidence;
import io.keyward.domain.event.WatchState;
import io.keyward.domain.event.WatchStatus;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Gate;
import io.keyward.ops.http.HttpEndpoint;
import io.keyward.ops.http.HttpFiles;
import io.keyward.ops.http.HttpNames;
import io.keyward.ops.http.HttpOptions;
import io.keyward.ops.http.Route;
import io.keyward.topology.Bounds;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.read.OutputReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Serves the console over the sandbox's sample, a tenant that reports all sorts of things, and many more
/// environments, without Kafka, at a time that stands still. Prints its address, takes event lines from its
/// standard input, and runs until that ends.
///
/// Arguments: how many more environments there are. System properties can name an OpenID provider, as for a
/// console.
final class ConsoleProgram implements AutoCloseable {
    /// Three in the morning, the day after the sample ends.
    static final Instant NOW = Instant.parse("2026-08-04T03:00:00Z");

    /// Where the pages lead from keys.
    static final String PORTAL = "https://portal.example/#key/";

    private static final List<String> SAMPLE =
            List.of("1-contoso", "2-fabrikam", "3-tailspin", "4-woodgrove", "5-northwind", "6-litware");
    private static final int LARGEST_BODY = 1 << 20;

    private final FilledReplica replica;
    private final HttpEndpoint endpoint;

    private ConsoleProgram(FilledReplica replica, HttpEndpoint endpoint) {
        this.replica = replica;
        this.endpoint = endpoint;
    }

    static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("keyward-console");
        int more = Integer.parseInt(arguments[0]);
        try (ConsoleProgram program = start(folder, more, more == 0 ? new String[0] : longNames())) {
            IO.println(program.endpoint.uri());
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            lines.lines().forEach(program.replica::givenLines);
        }
    }

    /// @param folder for the replica's database
    /// @param more how many environments there are beside those of the sample
    /// @param further further event lines
    static ConsoleProgram start(Path folder, int more, String... further) {
        RuleProfile profile =
                RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow().with(Evidence.REPORT);
        FilledReplica replica = FilledReplica.start(folder, profile);
        SAMPLE.forEach(file -> replica.givenLines(sample(file).toArray(String[]::new)));
        try (ReplicaView view = replica.view()) {
            replica.given(ReportedSample.promptly(view, NOW.minus(Duration.ofHours(5))));
        }
        List<String> lines = new ArrayList<>(ReportedSample.lines());
        lines.addAll(Fleet.lines(more));
        lines.addAll(List.of(further));
        replica.givenLines(lines.toArray(String[]::new));
        replica.harness().letTimePass(NOW);
        replica.follow();
        replica.watched(
                new TenantId("relecloud"),
                new KeyId("https://kv-relecloud.vault.azure.net", "archive"),
                Optional.of(new WatchStatus(
                        WatchState.DENIED, Optional.of("RBAC"), false, NOW.minus(Duration.ofHours(30)))),
                NOW.minus(Duration.ofHours(6)));
        InstantSource clock = InstantSource.fixed(NOW);
        Questions questions = new Questions(
                new Decider(profile),
                new WhatIf(TopologyHarness.NAMES, profile, Bounds.DEFAULT, WhatIfLimits.DEFAULT),
                () -> new OutputReader(replica.registry(), TopologyHarness.NAMES),
                clock);
        List<Route> endpoints = new ArrayList<>(ConsoleApi.endpoints(replica::view, questions));
        endpoints.addAll(
                ConsolePages.endpoints(replica::view, questions, Optional.of(new VaultLink(PORTAL + "{vault}/{key}"))));
        ConsoleGate gate = new ConsoleGate(
                Gate.OPEN,
                new AccessSettings(KeywardConfig.load(Optional.empty(), Map.of(), System.getProperties())
                        .values()),
                InstantSource.system());
        endpoints.addAll(AccountPages.endpoints(gate, clock));
        int port = Integer.getInteger("keyward.console.port", 0);
        HttpOptions options = new HttpOptions("127.0.0.1", port, HttpFiles.NONE, HttpNames.CONSOLE, LARGEST_BODY);
        return new ConsoleProgram(replica, HttpEndpoint.start(options, endpoints, gate));
    }

    private static List<String> sample(String file) {
        try {
            return Files.readAllLines(Path.of("src/sandbox/main/resources/sample", file + ".jsonl"));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// An environment whose names are as long as names can be, without a place to break them.
    private static String[] longNames() {
        String id = "n".repeat(200);
        String key = "k".repeat(127);
        String vault = "https://" + "v".repeat(63) + "." + "w".repeat(63) + ".vault.azure.net";
        return new String[] {
            """
                {"topic":"environment-changed","value":{"eventId":"%1$s","tenantId":"%1$s","occurredAt":"2026-07-01T08:00:00Z","environmentId":"%1$s","type":"PRODUCTION","managed":true,"lifecycle":"ACTIVE","cloudFlows":{"count":0},"desktopFlows":{"count":0},"hostedMachineGroups":[{"groupId":"%1$s","provisionedAt":"2026-06-01T08:00:00Z"}]}}""".formatted(id),
            """
                {"topic":"policy-applied","value":{"eventId":"%1$s","tenantId":"%1$s","occurredAt":"2026-07-01T09:00:00Z","environmentId":"%1$s","policyId":"%1$s","key":{"vaultUri":"%3$s","keyName":"%2$s"}}}""".formatted(id, key, vault),
            """
                {"topic":"key-rotated","value":{"eventId":"%1$s","tenantId":"%1$s","occurredAt":"2026-07-01T10:00:00Z","vaultUri":"%3$s","keyName":"%2$s","newVersion":"%2$s"}}""".formatted(id, key, vault),
            """
                {"topic":"key-revoked","value":{"eventId":"revoked","tenantId":"%1$s","occurredAt":"2026-07-06T09:00:00Z","vaultUri":"%3$s","keyName":"%2$s","cause":"KEY_DISABLED"}}""".formatted(id, key, vault)
        };
    }

    String uri() {
        return endpoint.uri().toString();
    }

    @Override
    public void close() {
        endpoint.close();
        replica.close();
    }
}
