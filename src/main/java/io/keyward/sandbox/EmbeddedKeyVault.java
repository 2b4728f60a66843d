package io.keyward.sandbox;

import io.keyward.sandbox.http.ApiServer;
import io.keyward.sandbox.vault.Emulation;
import io.keyward.sandbox.vault.Interference;
import io.keyward.sandbox.vault.Vaults;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/// Azure's key vaults, and what gives tokens for them, inside this process: as many vaults as are wanted on one port,
/// told apart by the host that a request was meant for (the header `X-Forwarded-Host`, or else `Host`).
///
/// With a folder it keeps its keys through restarts; without one it forgets them when closed.
public final class EmbeddedKeyVault implements AutoCloseable {
    /// The client id that owns every vault and is refused nothing.
    public static final String OWNER = Emulation.OWNER;

    private static final int BODY_LIMIT = 64 * 1024;

    private final Emulation emulation;
    private final ApiServer server;

    private EmbeddedKeyVault(Emulation emulation, ApiServer server) {
        this.emulation = emulation;
        this.server = server;
    }

    /// Starts on the port (0: any free one); with a folder, from what the folder holds.
    ///
    /// @param clock tells when keys become valid and expire, and tokens too
    public static EmbeddedKeyVault start(Optional<Path> folder, int port, Clock clock) {
        Emulation emulation = new Emulation(folder, clock);
        return new EmbeddedKeyVault(
                emulation, ApiServer.start(emulation, "key vault", LoopbackPorts.HOST, port, BODY_LIMIT));
    }

    /// Where the emulator is reached.
    public URI url() {
        return server.url();
    }

    /// The vaults, as their owners see them.
    public Vaults vaults() {
        return emulation.vaults();
    }

    /// Lets something go wrong from now on; [Interference#NONE] ends it.
    public void interfere(Interference interference) {
        emulation.interfere(interference);
    }

    @Override
    public void close() {
        server.close();
    }
}
