package io.keyward.sandbox.vault;

import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.sandbox.http.Api;
import io.keyward.sandbox.http.RequestParts;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/// The emulator without HTTP: vaults, identity service and control API.
public final class Emulation implements Api {
    private final Vaults vaults;
    private final VaultApi vaultApi;
    private final IdentityApi identityApi;
    private final ControlApi controlApi;

    public Emulation(Optional<Path> folder, Clock clock) {
        Tokens tokens = new Tokens(clock);
        KeyPairs pairs = new KeyPairs();
        vaults = new Vaults(folder, clock);
        vaultApi = new VaultApi(vaults, tokens, new Bundles(pairs), new VaultCrypto(pairs, clock));
        identityApi = new IdentityApi(tokens);
        controlApi = new ControlApi(vaults);
    }

    public Vaults vaults() {
        return vaults;
    }

    @Override
    public Optional<EndpointResponse> answer(EndpointRequest request) {
        try {
            if (ControlApi.serves(request.path())) {
                return Optional.of(controlApi.answer(request));
            }
            return IdentityApi.serves(RequestParts.host(request))
                    ? Optional.of(identityApi.answer(request))
                    : vaultApi.answer(request);
        } catch (VaultRefusedException refused) {
            return Optional.of(refused.response());
        }
    }

    @Override
    public EndpointResponse error(int status, String message) {
        String code = status == 500 ? "InternalServerError" : "BadParameter";
        return new VaultRefusedException(status, code, Optional.empty(), message).response();
    }

    static EndpointResponse json(int status, String body) {
        return new EndpointResponse(status, "application/json; charset=utf-8", body);
    }
}
