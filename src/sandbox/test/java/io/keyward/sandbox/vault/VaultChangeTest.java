package io.keyward.sandbox.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.keyward.sandbox.vault.VaultChange.Kind;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VaultChangeTest {
    private static final String HOST = "kv-contoso.vault.azure.net";
    private static final Instant NOW = Instant.parse("2026-11-27T09:55:00Z");

    private final Vaults vaults = new Vaults(Optional.empty(), Clock.fixed(NOW, ZoneOffset.UTC));
    private final List<VaultChange> told = new ArrayList<>();

    @BeforeEach
    void open() {
        vaults.open(HOST, "tenant-1", false);
        vaults.create(HOST, "hr", NewKey.of(KeyKind.RSA_2048).withVersion("v1"));
        vaults.observe(told::add);
    }

    @Test
    void everyChangeOfAKeyIsTold() {
        vaults.setEnabled(HOST, "hr", false);
        vaults.rotate(HOST, "hr");
        vaults.create(HOST, "new", NewKey.of(KeyKind.RSA_2048));
        vaults.delete(HOST, "hr");
        vaults.recover(HOST, "hr");
        assertThat(told)
                .extracting(VaultChange::kind)
                .containsExactly(Kind.UPDATED, Kind.ROTATED, Kind.CREATED, Kind.DELETED, Kind.RECOVERED);
        assertThat(told)
                .extracting(change -> change.key().map(StoredKey::name).orElseThrow())
                .containsExactly("hr", "hr", "new", "hr", "hr");
        assertThat(told).allMatch(change -> change.at().equals(NOW));
    }

    @Test
    void theVersionIsTheOneThatWasMadeOrChangedAsItIsNow() {
        vaults.rotate(HOST, "hr");
        vaults.update(HOST, "hr", "v1", version -> version.withEnabled(false, NOW));
        vaults.delete(HOST, "hr");
        StoredKey key = vaults.deleted(HOST, "hr");
        assertThat(told)
                .extracting(VaultChange::version)
                .containsExactly(
                        Optional.of(key.current()), Optional.of(key.versions().getFirst()), Optional.empty());
        assertThat(told.get(1).version().orElseThrow().enabled()).isFalse();
        assertThat(told.get(1).vault().key("hr"))
                .isPresent()
                .isEqualTo(told.get(1).key());
    }

    @Test
    void roleAssignmentsOfAKeyAreToldWhenTheyChange() {
        vaults.deny(HOST, "hr", Barrier.RBAC);
        vaults.deny(HOST, "hr", Barrier.RBAC);
        vaults.removeRole(HOST, "hr", Grantee.POLICY);
        vaults.allow(HOST, "hr");
        vaults.allow(HOST, "hr");
        assertThat(told)
                .extracting(VaultChange::kind)
                .containsExactly(Kind.ROLE_REMOVED, Kind.ROLE_REMOVED, Kind.ROLE_ASSIGNED);
        assertThat(told).allMatch(change -> change.key().orElseThrow().name().equals("hr"));
    }

    @Test
    void roleAssignmentsOfAManagedHsmAreNotTold() {
        String hsm = "hsm-contoso.managedhsm.azure.net";
        vaults.open(hsm, "tenant-1", true);
        vaults.create(hsm, "hr", NewKey.of(new KeyKind("RSA-HSM", 3072)));
        told.clear();
        vaults.deny(hsm, "hr", Barrier.RBAC);
        vaults.allow(hsm, "hr");
        assertThat(told).isEmpty();
    }

    @Test
    void barriersOfTheVaultAreTold() {
        vaults.deny(HOST, "hr", Barrier.POLICY);
        vaults.allow(HOST, "hr");
        vaults.deny(HOST, "hr", Barrier.NETWORK);
        vaults.allow(HOST, "hr");
        vaults.allow(HOST, "hr");
        assertThat(told)
                .extracting(
                        VaultChange::kind,
                        VaultChange::key,
                        change -> change.vault().barrier())
                .containsExactly(
                        tuple(Kind.POLICIES_CHANGED, Optional.empty(), Optional.of(Barrier.POLICY)),
                        tuple(Kind.POLICIES_CHANGED, Optional.empty(), Optional.empty()),
                        tuple(Kind.NETWORK_CHANGED, Optional.empty(), Optional.of(Barrier.NETWORK)),
                        tuple(Kind.NETWORK_CHANGED, Optional.empty(), Optional.empty()));
    }

    @Test
    void whatTheVaultRefusesIsNotTold() {
        assertThatThrownBy(() -> vaults.delete(HOST, "none")).isInstanceOf(VaultRefusedException.class);
        assertThatThrownBy(() -> vaults.recover(HOST, "hr")).isInstanceOf(VaultRefusedException.class);
        assertThat(told).isEmpty();
    }
}
