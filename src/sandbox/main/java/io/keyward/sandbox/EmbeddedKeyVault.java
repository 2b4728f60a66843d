package io.keyward.sandbox;

import io.keyward.sandbox.http.ApiServer;
import io.keyward.sandbox.vault.Emulation;
import io.keyward.sandbox.vault.Vaults;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/// Azure's key vaults and token endpoints inside this process. Any number of vaults share one port. The host of
/// a request identifies the vault (the header `X-Forwarded-Host`, or else `Host`).
///
/// With a folder, vaults and keys survive restarts, but with other key pairs. Without a folder, they are lost
/// on close.
public record EmbeddedKeyVault(Emulation emulation, ApiServer server) implements AutoCloseable {
    private static final int BODY_LIMIT = 64 * 1024;

    /// Starts on the port (0: any free one) and loads the vaults from the folder, if there is one.
    ///
    /// @param clock the clock for the validity of keys and tokens
    public static EmbeddedKeyVault start(Optional<Path> folder, int port, Clock clock) {
        Emulation emulation = new Emulation(folder, clock);
        return new EmbeddedKeyVault(
                emulation, ApiServer.start(emulation, "key vault", LoopbackPorts.HOST, port, BODY_LIMIT));
    }

    public URI url() {
        return server.url();
    }

    /// The vaults, as their owners see them.
    public Vaults vaults() {
        return emulation.vaults();
    }

    @Override
    public void close() {
        server.close();
    }
}
