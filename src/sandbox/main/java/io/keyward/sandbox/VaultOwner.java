package io.keyward.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyward.sandbox.vault.Barrier;
import io.keyward.sandbox.vault.Grantee;
import io.keyward.sandbox.vault.ShownKey;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// Manages the sandbox's vaults from another process, as their owner.
public final class VaultOwner implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI emulator;
    private final HttpClient client = HttpClient.newBuilder()
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(PATIENCE)
            .build();

    public VaultOwner(URI emulator) {
        this.emulator = emulator;
    }

    /// Lists the keys of all vaults.
    ///
    /// @throws SandboxException if there is no sandbox
    public List<ShownKey> keys() {
        return send(HttpRequest.newBuilder(emulator.resolve("/sandbox/keys")));
    }

    /// Performs an action on a key and returns its new state.
    ///
    /// @param action `rotate`, `disable`, `enable`, `delete`, `recover`, `deny` (to Keyward, by RBAC) or `allow`
    /// @throws SandboxException if there is no sandbox, or the vault refuses
    public ShownKey act(String vault, String key, String action) {
        URI address = emulator.resolve("/sandbox/keys/%s/%s/%s".formatted(encoded(vault), encoded(key), action));
        return send(HttpRequest.newBuilder(address).POST(BodyPublishers.noBody()))
                .getFirst();
    }

    /// Denies one identity the use of a key.
    ///
    /// @throws SandboxException if there is no sandbox, or the vault refuses
    public ShownKey deny(String vault, String key, Grantee to, Barrier reason) {
        return act(vault, key, "deny?to=%s&reason=%s".formatted(to, reason));
    }

    private List<ShownKey> send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> reply = client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
            JsonNode body = JSON.readTree(reply.body());
            if (reply.statusCode() != 200) {
                throw new SandboxException("The vault refused the request: "
                        + body.path("error").path("message").asText("status " + reply.statusCode()));
            }
            return List.of(JSON.treeToValue(body, ShownKey[].class));
        } catch (JsonProcessingException foreign) {
            throw new SandboxException("The server at " + emulator + " is not the key vault of a sandbox.", foreign);
        } catch (IOException away) {
            throw new SandboxException(
                    "No sandbox answers at %s. Start one with bin/keyward sandbox, or set the sandbox's ports with --port-base."
                            .formatted(emulator),
                    away);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while waiting for the vault's answer.", interrupted);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
    }
}
