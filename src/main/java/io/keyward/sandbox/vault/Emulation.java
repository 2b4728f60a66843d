package io.keyward.sandbox.vault;

import io.keyward.sandbox.http.Api;
import io.keyward.sandbox.http.Request;
import io.keyward.sandbox.http.Response;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/// The emulator without HTTP: vaults, identity service and control API.
public final class Emulation implements Api {
    /// The client id of the owner of every vault. No request of the owner is refused.
    public static final String OWNER = "keyward-sandbox-owner";

    private final Vaults vaults;
    private final VaultApi vaultApi;
    private final IdentityApi identityApi;
    private final ControlApi controlApi;

    public Emulation(Optional<Path> folder, Clock clock) {
        Tokens tokens = new Tokens(clock);
        vaults = new Vaults(folder, clock);
        vaultApi = new VaultApi(vaults, tokens, new Bundles(vaults.pairs()), new VaultCrypto(vaults));
        identityApi = new IdentityApi(tokens);
        controlApi = new ControlApi(vaults);
    }

    public Vaults vaults() {
        return vaults;
    }

    @Override
    public Response answer(Request request) {
        try {
            if (ControlApi.serves(request.rawPath())) {
                return controlApi.answer(request);
            }
            return IdentityApi.serves(request.host()) ? identityApi.answer(request) : vaultApi.answer(request);
        } catch (VaultRefusedException refused) {
            return VaultResponses.of(refused);
        }
    }

    @Override
    public Response error(int status, String message) {
        String code = status == 500 ? "InternalServerError" : "BadParameter";
        return VaultResponses.error(status, code, Optional.empty(), message);
    }
}
