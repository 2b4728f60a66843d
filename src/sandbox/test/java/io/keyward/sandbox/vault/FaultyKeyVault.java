package io.keyward.sandbox.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.config.KeywardConfig;
import io.keyward.config.VaultAccess;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.sandbox.http.Api;
import io.keyward.sandbox.http.ApiServer;
import io.keyward.sandbox.http.RequestParts;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

/// The key-vault emulator, with faults in place of some of its responses.
public final class FaultyKeyVault implements AutoCloseable {
    private final Emulation emulation;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ApiServer server;
    private volatile Interference interference = Interference.NONE;

    private FaultyKeyVault(Clock clock) {
        emulation = new Emulation(Optional.empty(), clock);
        server = ApiServer.start(new FaultyApi(), "key vault", "127.0.0.1", 0, 64 * 1024);
    }

    /// Starts on a free port, without vaults and without faults.
    ///
    /// @param clock the clock for the validity of keys and tokens
    public static FaultyKeyVault start(Clock clock) {
        return new FaultyKeyVault(clock);
    }

    public URI url() {
        return server.url();
    }

    /// The settings for a client of this emulator.
    public VaultAccess access(Duration timeout) {
        return access(Map.of("keyward.vault.credential", "emulated", "keyward.vault.timeout", timeout.toString()));
    }

    /// The same with other settings, over which vaults of all tenants may be asked.
    public VaultAccess access(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.put("keyward.vault.emulator", url().toString());
        properties.put("keyward.vault.allowed-tenants", "*");
        properties.putAll(settings);
        return new VaultAccess(
                KeywardConfig.load(Optional.empty(), Map.of(), properties).values());
    }

    public Vaults vaults() {
        return emulation.vaults();
    }

    /// Changes the dates of a key's current version.
    public void setDates(String host, String name, Optional<Instant> from, Optional<Instant> to) {
        vaults().update(
                        host,
                        name,
                        "",
                        old -> new Version(old.id(), old.enabled(), from, to, old.created(), vaults().now()));
    }

    /// Injects faults from now on; [Interference#NONE] ends this.
    public void interfere(Interference now) {
        interference = now;
    }

    @Override
    public void close() {
        closed.countDown();
        server.close();
    }

    private final class FaultyApi implements Api {
        @Override
        public Optional<EndpointResponse> answer(EndpointRequest request) {
            Optional<Fault> fault = call(request).flatMap(call -> interference.on(call));
            return fault.isPresent() ? answer(fault.get()) : emulation.answer(request);
        }

        @Override
        public EndpointResponse error(int status, String message) {
            return emulation.error(status, message);
        }

        /// Requests that the emulator refuses for their form have no faults.
        private Optional<Call> call(EndpointRequest request) {
            if (ControlApi.serves(request.path())) {
                return Optional.empty();
            }
            if (IdentityApi.serves(RequestParts.host(request))) {
                return token(request);
            }
            try {
                return vaults().find(RequestParts.host(request))
                        .map(vault -> toVault(vault.host(), VaultCall.of(request)));
            } catch (VaultRefusedException refused) {
                return Optional.empty();
            }
        }

        private static Call toVault(String host, VaultCall call) {
            return new Call.ToVault(host, call.operation(), call.key(), call.version());
        }

        private Optional<Call> token(EndpointRequest request) {
            Map<String, String> form = request.form();
            return Optional.of(RequestParts.path(request))
                    .filter(path -> path.getLast().equals("token"))
                    .map(path -> new Call.ForToken(path.getFirst(), form.getOrDefault("client_id", ""), proof(form)));
        }

        /// The client's credential: its secret or its signed assertion.
        private static String proof(Map<String, String> form) {
            return form.getOrDefault("client_secret", form.getOrDefault("client_assertion", ""));
        }

        private static EndpointResponse noToken(String code) {
            boolean wrongSecret = code.equals("AADSTS7000215");
            ObjectNode error = RequestParts.JSON
                    .createObjectNode()
                    .put("error", wrongSecret ? "invalid_client" : "invalid_request")
                    .put("error_description", code + ": This emulator does not issue a token.");
            error.putArray("error_codes").add(Long.parseLong(code.substring("AADSTS".length())));
            return Emulation.json(wrongSecret ? 401 : 400, error.toString());
        }

        private Optional<EndpointResponse> answer(Fault fault) {
            return switch (fault) {
                case Fault.Refused refused ->
                    Optional.of(new VaultRefusedException(
                                    refused.status(),
                                    refused.headers(),
                                    refused.code(),
                                    refused.innerCode(),
                                    "An injected fault instead of an answer.")
                            .response());
                case Fault.NoToken token -> Optional.of(noToken(token.code()));
                case Fault.Page page -> Optional.of(new EndpointResponse(page.status(), "text/html", page.html()));
                case Fault.Hang _ -> silence();
                case Fault.Drop _ -> Optional.empty();
            };
        }

        private Optional<EndpointResponse> silence() {
            try {
                closed.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
            return Optional.empty();
        }
    }
}
