package io.keyward.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keyward.config.SandboxAddresses;
import io.keyward.domain.id.TenantId;
import io.keyward.sandbox.IntakeFiles;
import io.keyward.sandbox.SandboxFolder;
import io.keyward.sandbox.VaultOwner;
import io.keyward.sandbox.azure.AzureEmission;
import io.keyward.sandbox.azure.Emitted;
import io.keyward.sandbox.vault.Barrier;
import io.keyward.sandbox.vault.Grantee;
import io.keyward.testing.process.FreePorts;
import io.keyward.testing.process.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the sandbox's services emit, on real ones: through the emulator's API into the broker, and to a webhook.
class AzureEmissionIT {
    private final Queue<String> delivered = new ConcurrentLinkedQueue<>();
    private final Queue<Emitted> emitted = new ConcurrentLinkedQueue<>();
    private final SandboxAddresses addresses = SandboxAddresses.startingAt(FreePorts.sevenInARow());
    private HttpServer webhooks;

    @TempDir
    private Path root;

    @BeforeEach
    void listen() throws IOException {
        int port = addresses.intake().getPort();
        webhooks = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
        webhooks.createContext("/", this::take);
        webhooks.start();
    }

    @AfterEach
    void stop() {
        webhooks.stop(0);
    }

    @Test
    void whatAnOwnerDoesReachesTheTenantsThatUseTheVault() throws Exception {
        SandboxFolder folder = SandboxFolder.of(Optional.of(root));
        try (Sandbox sandbox = Sandbox.start(folder, addresses)) {
            sandbox.prepareIntake();
            try (AzureEmission emission = sandbox.emit(emitted::add);
                    VaultOwner owner = new VaultOwner(addresses.vault())) {
                assertThat(emission).isNotNull();
                owner.act("kv-contoso.vault.azure.net", "hr", "disable");
                owner.deny("kv-contoso.vault.azure.net", "hr", Grantee.KEYWARD, Barrier.RBAC);
                owner.act("kv-contoso.vault.azure.net", "hr", "rotate");
                owner.act("kv-fabrikam.vault.azure.net", "shops", "rotate");
                Patience.until("three are taken", () -> emitted.size() == 3);
            }
            assertThat(emitted)
                    .extracting(Emitted::tenant, Emitted::what, Emitted::way)
                    .containsExactlyInAnyOrder(
                            tuple("contoso", "ResourceDeleteSuccess", "Event Grid (CloudEvents)"),
                            tuple("contoso", "KeyNewVersionCreated", "Event Grid (CloudEvents)"),
                            tuple("fabrikam", "KeyNewVersionCreated", "Event Grid (its own schema)"));
            IntakeFiles files = IntakeFiles.in(folder);
            assertThat(delivered)
                    .containsExactlyInAnyOrder(
                            "/intake/eventgrid/contoso Bearer " + files.secret(new TenantId("contoso")),
                            "/intake/eventgrid/contoso Bearer " + files.secret(new TenantId("contoso")),
                            "/intake/eventgrid/fabrikam?code=" + files.secret(new TenantId("fabrikam")) + " null");
        }
    }

    private static Tuple tuple(String tenant, String what, String way) {
        return Tuple.tuple(new TenantId(tenant), what, way);
    }

    /// Consents to everything, and takes everything.
    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = new JsonMapper().readTree(exchange.getRequestBody().readAllBytes());
            JsonNode code = body.at("/0/data/validationCode");
            if (exchange.getRequestMethod().equals("POST") && code.isMissingNode()) {
                delivered.add(exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().getFirst("Authorization"));
            }
            exchange.getResponseHeaders().set("WebHook-Allowed-Origin", "eventgrid.azure.net");
            byte[] reply =
                    "{\"validationResponse\":\"%s\"}".formatted(code.asText()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, reply.length);
            exchange.getResponseBody().write(reply);
        }
    }
}
