package io.keyward.sandbox.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.id.TenantId;
import io.keyward.intake.Finding;
import io.keyward.intake.audit.AuditReader;
import io.keyward.sandbox.vault.Barrier;
import io.keyward.sandbox.vault.KeyKind;
import io.keyward.sandbox.vault.NewKey;
import io.keyward.sandbox.vault.StoredKey;
import io.keyward.sandbox.vault.VaultChange;
import io.keyward.sandbox.vault.Vaults;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An intake understands every record that the emulator of Azure writes to an audit log.
class RecordsReadByIntakeTest {
    private static final String HOST = SampleChanges.HOST;
    private static final TenantId CONTOSO = new TenantId("contoso");

    private static void changeEverything(Vaults vaults) {
        vaults.create(HOST, "other", NewKey.of(KeyKind.RSA_2048));
        vaults.rotate(HOST, "hr");
        vaults.setEnabled(HOST, "hr", false);
        vaults.deny(HOST, "hr", Barrier.POLICY);
        vaults.allow(HOST, "hr");
        vaults.deny(HOST, "hr", Barrier.NETWORK);
        vaults.allow(HOST, "hr");
        vaults.delete(HOST, "hr");
        vaults.recover(HOST, "hr");
    }

    @Test
    void everyChangeIsAHint() {
        List<VaultChange> changes = SampleChanges.of(SampleChanges.vaults(), RecordsReadByIntakeTest::changeEverything);
        assertThat(changes).extracting(VaultChange::kind).containsAll(EnumSet.allOf(VaultChange.Kind.class));
        assertThat(changes).allSatisfy(change -> {
            byte[] value = AuditRecords.of(change, "c-1").toString().getBytes(StandardCharsets.UTF_8);
            assertThat(AuditReader.read(CONTOSO, value)).singleElement().satisfies(item -> {
                assertThat(item.type()).isEqualTo(AuditRecords.operation(change));
                assertThat(item.finding()).isInstanceOfSatisfying(Finding.Hint.class, found -> {
                    assertThat(found.hint().vaultUri()).isEqualTo("https://" + HOST);
                    assertThat(found.hint().keyName()).isEqualTo(change.key().map(StoredKey::name));
                    assertThat(found.hint().occurredAt()).isEqualTo(change.at());
                    assertThat(found.hint().source()).isEqualTo(AuditRecords.operation(change));
                });
            });
        });
    }
}
