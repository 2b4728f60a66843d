package io.keyward.sandbox.vault;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything behind the emulator's port, apart from HTTP itself.
public final class Emulation {
    /// The client id that owns every vault and is refused nothing.
    public static final String OWNER = Tokens.OWNER;

    private static final Logger LOG = LoggerFactory.getLogger(Emulation.class);

    private final Vaults vaults;
    private final VaultApi vaultApi;
    private final IdentityApi identityApi;
    private final ControlApi controlApi;
    private volatile Interference interference = Interference.NONE;

    public Emulation(Optional<Path> folder, Clock clock) {
        Tokens tokens = new Tokens(clock);
        vaults = new Vaults(folder, clock);
        vaultApi = new VaultApi(vaults, tokens, this::fault);
        identityApi = new IdentityApi(tokens, this::fault);
        controlApi = new ControlApi(vaults);
    }

    public Vaults vaults() {
        return vaults;
    }

    public void interfere(Interference now) {
        interference = now;
    }

    private Optional<Fault> fault(Call call) {
        return interference.on(call);
    }

    public Reply answer(Request request) {
        try {
            if (ControlApi.serves(request.rawPath())) {
                return controlApi.answer(request);
            }
            return IdentityApi.serves(request.host()) ? identityApi.answer(request) : vaultApi.answer(request);
        } catch (VaultRefusedException refused) {
            return Reply.of(refused);
        } catch (RuntimeException defect) {
            LOG.error("The key vault failed to answer {} {}", request.method(), request.rawPath(), defect);
            return Reply.error(500, "InternalServerError", Optional.empty(), "The emulator failed: " + defect);
        }
    }
}
