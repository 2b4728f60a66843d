package io.keyward.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyward.sandbox.vault.Barrier;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    /// A key as its owner sees it.
    ///
    /// @param vault the host name of its vault
    /// @param version the current version
    /// @param versions the number of versions
    /// @param purgedAt when it will be purged; empty unless it is deleted
    /// @param barrier the reason why Keyward cannot use it: `RBAC`, `POLICY` or `NETWORK`
    public record Key(
            String vault,
            String name,
            String kind,
            String version,
            int versions,
            boolean enabled,
            Optional<Instant> expiresAt,
            Optional<Instant> purgedAt,
            Optional<String> barrier) {}

    /// Lists the keys of all vaults.
    ///
    /// @throws SandboxException if there is no sandbox
    public List<Key> keys() {
        return keys(send(HttpRequest.newBuilder(emulator.resolve("/sandbox/keys"))));
    }

    /// Performs an action on a key and returns its new state.
    ///
    /// @param action `rotate`, `disable`, `enable`, `delete`, `recover`, `deny` (by RBAC) or `allow`
    /// @throws SandboxException if there is no sandbox, or the vault refuses
    public Key act(String vault, String key, String action) {
        URI address = emulator.resolve("/sandbox/keys/%s/%s/%s".formatted(encoded(vault), encoded(key), action));
        return keys(send(HttpRequest.newBuilder(address).POST(BodyPublishers.noBody())))
                .getFirst();
    }

    /// Denies Keyward the use of a key.
    ///
    /// @throws SandboxException if there is no sandbox, or the vault refuses
    public Key deny(String vault, String key, Barrier barrier) {
        return act(vault, key, "deny?reason=" + barrier);
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> reply = client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
            JsonNode body = JSON.readTree(reply.body());
            if (reply.statusCode() != 200) {
                throw new SandboxException("The vault refused the request: "
                        + body.path("error").path("message").asText("status " + reply.statusCode()));
            }
            return body;
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

    private static List<Key> keys(JsonNode array) {
        List<Key> keys = new ArrayList<>();
        array.forEach(key -> keys.add(key(key)));
        return keys;
    }

    private static Key key(JsonNode json) {
        return new Key(
                json.path("vault").asText(),
                json.path("key").asText(),
                json.path("kind").asText(),
                json.path("version").asText(),
                json.path("versions").asInt(),
                json.path("enabled").asBoolean(),
                Optional.ofNullable(json.path("expiresAt").textValue()).map(Instant::parse),
                Optional.ofNullable(json.path("purgedAt").textValue()).map(Instant::parse),
                Optional.ofNullable(json.path("barrier").textValue()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
    }
}
