package io.keyward.sandbox.vault;

import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.sandbox.http.RequestParts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// The emulator's own API for the owner of the vaults, in addition to Azure's API. `GET /sandbox/keys` lists
/// the keys of all vaults. `POST /sandbox/keys/VAULT-HOST/KEY/ACTION` changes one key.
record ControlApi(Vaults vaults) {
    static boolean serves(String rawPath) {
        return rawPath.startsWith("/sandbox/");
    }

    EndpointResponse answer(EndpointRequest request) {
        List<String> path = RequestParts.path(request);
        if (request.method().equals("GET") && path.equals(List.of("sandbox", "keys"))) {
            return keys(_ -> true);
        }
        if (request.method().equals("POST") && path.size() == 5 && path.get(1).equals("keys")) {
            change(path.get(2), path.get(3), path.get(4), request);
            return keys(shown ->
                    shown.vault().equalsIgnoreCase(path.get(2)) && shown.key().equalsIgnoreCase(path.get(3)));
        }
        throw VaultRefusedException.badParameter("The sandbox has no such request.");
    }

    private EndpointResponse keys(Predicate<ShownKey> wanted) {
        List<ShownKey> keys = vaults.all().stream()
                .flatMap(vault -> vault.keys().stream().map(key -> ShownKey.of(vault, key)))
                .filter(wanted)
                .toList();
        return EndpointResponse.json(200, keys);
    }

    private void change(String host, String name, String action, EndpointRequest request) {
        switch (action) {
            case "rotate" -> vaults.rotate(host, name);
            case "disable" -> vaults.setEnabled(host, name, false);
            case "enable" -> vaults.setEnabled(host, name, true);
            case "delete" -> vaults.delete(host, name);
            case "recover" -> vaults.recover(host, name);
            case "deny" -> deny(host, name, request);
            case "allow" -> vaults.allow(host, name);
            default -> throw VaultRefusedException.badParameter(action + " is not an action of the sandbox.");
        }
    }

    private void deny(String host, String name, EndpointRequest request) {
        Barrier reason = parameter(request, "reason", Barrier.RBAC);
        if (parameter(request, "to", Grantee.KEYWARD) == Grantee.KEYWARD) {
            vaults.deny(host, name, reason);
        } else if (reason == Barrier.RBAC) {
            vaults.removeRole(host, name, Grantee.POLICY);
        } else {
            throw VaultRefusedException.badParameter(
                    "The reason to deny a key to the enterprise policy must be rbac: the sandbox knows no other.");
        }
    }

    private static <E extends Enum<E>> E parameter(EndpointRequest request, String name, E usual) {
        Class<E> type = usual.getDeclaringClass();
        String value = request.parameter(name).orElse(usual.name());
        try {
            return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw VaultRefusedException.badParameter("%s=%s must be one of %s."
                    .formatted(
                            name,
                            value,
                            Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)));
        }
    }
}
