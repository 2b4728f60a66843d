package io.keyward.vault;

import io.keyward.config.VaultAccess;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.sandbox.vault.Call;
import io.keyward.sandbox.vault.Fault;
import io.keyward.sandbox.vault.FaultyKeyVault;
import io.keyward.sandbox.vault.KeyKind;
import io.keyward.sandbox.vault.NewKey;
import io.keyward.sandbox.vault.VaultOperation;
import io.keyward.sandbox.vault.Vaults;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The real SDK with an emulator, which has one vault and one key, `data`. Records all calls to the emulator.
final class EmulatedAzure implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    /// Numbers the tenants, because the SDK caches by tenant for the whole process.
    private static final AtomicInteger TENANTS = new AtomicInteger();

    final String tenant = new UUID((long) TENANTS.incrementAndGet() << 32, 0).toString();
    final String host;
    final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    final FaultyKeyVault emulator = FaultyKeyVault.start(clock);
    final List<Call> calls = new CopyOnWriteArrayList<>();
    final AzureKeyVault vault;

    EmulatedAzure(Duration timeout) {
        this((emulator, _) -> emulator.access(timeout));
    }

    /// Uses the settings that the function returns for the emulator and the tenant of its vault.
    EmulatedAzure(BiFunction<FaultyKeyVault, String, VaultAccess> access) {
        this(access, "vault.azure.net", KeyKind.RSA_2048);
    }

    private EmulatedAzure(BiFunction<FaultyKeyVault, String, VaultAccess> access, String domain, KeyKind kind) {
        host = "kv-" + tenant.substring(0, 8) + "." + domain;
        vaults().open(host, tenant, false);
        vaults().create(host, "data", NewKey.of(kind));
        vault = new AzureKeyVault(access.apply(emulator, tenant), clock);
        fail(call -> Optional.empty());
    }

    /// Has a Managed HSM instead of a vault.
    static EmulatedAzure withManagedHsm(Duration timeout) {
        return new EmulatedAzure(
                (emulator, _) -> emulator.access(timeout), "managedhsm.azure.net", new KeyKind("RSA-HSM", 2048));
    }

    Vaults vaults() {
        return emulator.vaults();
    }

    /// A unique name for another vault. It must be unique, because the SDK caches each vault's tenant for the
    /// whole process.
    String another(String name) {
        return name + "-" + host;
    }

    KeyReference key(String name) {
        return keyOf(host, name);
    }

    static KeyReference keyOf(String vault, String name) {
        return new KeyReference(new KeyId("https://" + vault, name), Optional.empty());
    }

    KeyReference key(String name, String version) {
        return new KeyReference(new KeyId("https://" + host, name), Optional.of(new KeyVersion(version)));
    }

    ProbeResult probe(ProbeKind depth) {
        return vault.probe(key("data"), depth);
    }

    void fail(Function<Call, Optional<Fault>> faults) {
        emulator.interfere(call -> {
            calls.add(call);
            return faults.apply(call);
        });
    }

    void failVault(Fault fault) {
        fail(call -> call instanceof Call.ToVault ? Optional.of(fault) : Optional.empty());
    }

    void fail(VaultOperation operation, Fault fault) {
        fail(call -> call instanceof Call.ToVault asked && asked.operation() == operation
                ? Optional.of(fault)
                : Optional.empty());
    }

    void failTokens(Fault fault) {
        fail(call -> call instanceof Call.ForToken ? Optional.of(fault) : Optional.empty());
    }

    /// The operations that the vault received, challenges included.
    List<VaultOperation> operations() {
        return calls.stream()
                .filter(Call.ToVault.class::isInstance)
                .map(call -> ((Call.ToVault) call).operation())
                .toList();
    }

    @Override
    public void close() {
        vault.close();
        emulator.close();
    }
}
