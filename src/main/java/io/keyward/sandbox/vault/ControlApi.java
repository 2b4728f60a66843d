package io.keyward.sandbox.vault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.sandbox.http.Request;
import io.keyward.sandbox.http.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The emulator's own API for the owner of the vaults, in addition to Azure's API. `GET /sandbox/keys` lists
/// the keys of all vaults. `POST /sandbox/keys/VAULT-HOST/KEY/ACTION` changes one key.
record ControlApi(Vaults vaults) {
    static boolean serves(String rawPath) {
        return rawPath.startsWith("/sandbox/");
    }

    Response answer(Request request) {
        List<String> path = request.path();
        if (request.method().equals("GET") && path.equals(List.of("sandbox", "keys"))) {
            return Response.json(200, list());
        }
        if (request.method().equals("POST") && path.size() == 5 && path.get(1).equals("keys")) {
            change(path.get(2), path.get(3), path.get(4), request);
            return Response.json(200, list(path.get(2), path.get(3)));
        }
        throw VaultRefusedException.badParameter("The sandbox has no such request.");
    }

    private void change(String host, String name, String action, Request request) {
        switch (action) {
            case "rotate" -> vaults.rotate(host, name);
            case "disable" -> vaults.setEnabled(host, name, false);
            case "enable" -> vaults.setEnabled(host, name, true);
            case "delete" -> vaults.delete(host, name);
            case "recover" -> vaults.recover(host, name);
            case "deny" -> vaults.deny(host, name, barrier(request));
            case "allow" -> vaults.allow(host, name);
            default -> throw VaultRefusedException.badParameter(action + " is not an action of the sandbox.");
        }
    }

    private static Barrier barrier(Request request) {
        String reason = request.query("reason", "rbac");
        try {
            return Barrier.valueOf(reason.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw VaultRefusedException.badParameter(reason + " is not one of rbac, policy and network.");
        }
    }

    private ArrayNode list() {
        ArrayNode all = Response.JSON.createArrayNode();
        vaults.all().forEach(vault -> vault.keys().values().forEach(key -> all.add(shown(vault, key))));
        return all;
    }

    private ArrayNode list(String host, String name) {
        ArrayNode one = Response.JSON.createArrayNode();
        vaults.find(host)
                .ifPresent(vault -> Optional.ofNullable(vault.keys().get(name.toLowerCase(Locale.ROOT)))
                        .ifPresent(key -> one.add(shown(vault, key))));
        return one;
    }

    private static ObjectNode shown(StoredVault vault, StoredKey key) {
        ObjectNode json = Response.JSON
                .createObjectNode()
                .put("vault", vault.host())
                .put("key", key.name())
                .put("kind", key.kind().type() + " " + key.kind().bits())
                .put("version", key.current().id())
                .put("versions", key.versions().size())
                .put("enabled", key.current().enabled());
        key.current().expiresAt().ifPresent(at -> json.put("expiresAt", at.toString()));
        key.purgedAt().ifPresent(at -> json.put("purgedAt", at.toString()));
        Optional<Barrier> barrier =
                vault.barrier().or(() -> key.denied() ? Optional.of(Barrier.RBAC) : Optional.empty());
        barrier.ifPresent(what -> json.put("barrier", what.name()));
        return json;
    }
}
