package io.keyward.sandbox.vault;

import io.keyward.sandbox.http.Api;
import io.keyward.sandbox.http.ApiServer;
import io.keyward.sandbox.http.Request;
import io.keyward.sandbox.http.Response;
import io.keyward.vault.AzureCloud;
import io.keyward.vault.AzureIdentity;
import io.keyward.vault.AzureSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    public AzureSettings settings(Duration timeout) {
        return new AzureSettings(
                AzureCloud.PUBLIC, new AzureIdentity.Emulated(), List.of("*"), timeout, Optional.of(url()));
    }

    public Vaults vaults() {
        return emulation.vaults();
    }

    /// Changes the dates of a key's current version.
    public void setDates(String host, String name, Optional<Instant> from, Optional<Instant> to) {
        vaults().update(host, name, "", version -> version.withDates(from, to, vaults().now()));
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
        public Response answer(Request request) {
            return call(request)
                    .flatMap(call -> interference.on(call))
                    .map(this::answer)
                    .orElseGet(() -> emulation.answer(request));
        }

        @Override
        public Response error(int status, String message) {
            return emulation.error(status, message);
        }

        /// Requests that the emulator refuses for their form have no faults.
        private Optional<Call> call(Request request) {
            if (ControlApi.serves(request.rawPath())) {
                return Optional.empty();
            }
            if (IdentityApi.serves(request.host())) {
                return token(request);
            }
            try {
                return vaults().find(request.host())
                        .map(vault -> VaultCall.of(vault, request))
                        .map(call -> new Call.ToVault(call.host(), call.operation(), call.key(), call.version()));
            } catch (VaultRefusedException refused) {
                return Optional.empty();
            }
        }

        private Optional<Call> token(Request request) {
            if (request.host().equals(IdentityApi.MACHINE)) {
                return Optional.of(
                        new Call.ForToken(IdentityApi.MACHINE_TENANT, request.query("client_id", "machine"), ""));
            }
            Map<String, String> form = request.form();
            return Optional.of(request.path())
                    .filter(path -> path.getLast().equals("token"))
                    .map(path -> new Call.ForToken(
                            path.getFirst(), form.getOrDefault("client_id", ""), IdentityApi.proof(form)));
        }

        private Response answer(Fault fault) {
            return switch (fault) {
                case Fault.Refused refused ->
                    VaultResponses.error(
                            refused.status(),
                            refused.headers(),
                            refused.code(),
                            refused.innerCode(),
                            "An injected fault instead of an answer.");
                case Fault.NoToken token -> IdentityApi.refusal(token.code());
                case Fault.Page page -> Response.of(page.status(), "text/html", Map.of(), page.html());
                case Fault.Hang _ -> silence();
                case Fault.Drop _ -> new Response.Closed();
            };
        }

        private Response silence() {
            try {
                closed.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
            return new Response.Closed();
        }
    }
}
