package io.keyward.sandbox.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Stores vaults and keys, but no key pairs, in the file `vaults.json` of a folder. Each change replaces the whole
/// file.
final class VaultsFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    VaultsFile(Path folder) {
        file = folder.resolve("vaults.json");
    }

    void write(Collection<StoredVault> vaults) {
        ObjectNode root = JSON.createObjectNode();
        vaults.forEach(vault -> write(root.withArray("vaults").addObject(), vault));
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.getParent());
            JSON.writeValue(next.toFile(), root);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write the key vault's file " + file, failure);
        }
    }

    /// The vaults in the file. Empty if there is no file.
    List<StoredVault> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            List<StoredVault> vaults = new ArrayList<>();
            JSON.readTree(file.toFile()).path("vaults").forEach(vault -> vaults.add(vault(vault)));
            return vaults;
        } catch (IOException | RuntimeException failure) {
            throw new IllegalStateException(
                    file + " is not a file of a key vault: restore the file or remove it", failure);
        }
    }

    private static void write(ObjectNode json, StoredVault vault) {
        json.put("host", vault.host()).put("tenantId", vault.tenantId()).put("purgeProtected", vault.purgeProtected());
        vault.barrier().ifPresent(barrier -> json.put("barrier", barrier.name()));
        vault.keys().values().forEach(key -> write(json.withArray("keys").addObject(), key));
    }

    private static void write(ObjectNode json, StoredKey key) {
        json.put("name", key.name())
                .put("type", key.kind().type())
                .put("bits", key.kind().bits())
                .put("denied", key.denied());
        key.operations().forEach(json.withArray("operations")::add);
        key.deletedAt().ifPresent(at -> json.put("deletedAt", at.toString()));
        key.versions().forEach(version -> write(json.withArray("versions").addObject(), version));
    }

    private static void write(ObjectNode json, Version version) {
        json.put("id", version.id())
                .put("enabled", version.enabled())
                .put("created", version.created().toString())
                .put("updated", version.updated().toString());
        version.notBefore().ifPresent(at -> json.put("notBefore", at.toString()));
        version.expiresAt().ifPresent(at -> json.put("expiresAt", at.toString()));
    }

    private static StoredVault vault(JsonNode json) {
        Map<String, StoredKey> keys = new HashMap<>();
        json.path("keys").forEach(key -> keys.put(key.get("name").textValue(), key(key)));
        return new StoredVault(
                json.get("host").textValue(),
                json.get("tenantId").textValue(),
                json.get("purgeProtected").booleanValue(),
                Optional.ofNullable(json.path("barrier").textValue()).map(Barrier::valueOf),
                keys);
    }

    private static StoredKey key(JsonNode json) {
        List<String> operations = new ArrayList<>();
        json.path("operations").forEach(operation -> operations.add(operation.textValue()));
        List<Version> versions = new ArrayList<>();
        json.path("versions").forEach(version -> versions.add(version(version)));
        return new StoredKey(
                json.get("name").textValue(),
                new KeyKind(json.get("type").textValue(), json.get("bits").intValue()),
                operations,
                versions,
                time(json, "deletedAt"),
                json.get("denied").booleanValue());
    }

    private static Version version(JsonNode json) {
        return new Version(
                json.get("id").textValue(),
                json.get("enabled").booleanValue(),
                time(json, "notBefore"),
                time(json, "expiresAt"),
                time(json, "created").orElseThrow(),
                time(json, "updated").orElseThrow());
    }

    private static Optional<Instant> time(JsonNode json, String name) {
        return Optional.ofNullable(json.path(name).textValue()).map(Instant::parse);
    }
}
