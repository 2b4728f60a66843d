package io.keyward.intake.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.id.TenantId;
import io.keyward.intake.AnyJson;
import io.keyward.intake.Finding;
import io.keyward.intake.Item;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Whatever is in an Event Hub: nothing is thrown, nothing gets lost, and nothing is taken for a fact.
class AuditReaderPropertiesTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final List<String> SAMPLES =
            List.of("audit/vault-patch.json", "audit/key-update.json", "audit/key-delete.json", "audit/key-list.json");

    @Provide
    Arbitrary<byte[]> values() {
        return AnyJson.bodies(SAMPLES);
    }

    @Property(tries = 5_000)
    void eachValueBecomesItems(@ForAll("values") byte[] value) {
        List<Item> items = AuditReader.read(CONTOSO, value);
        assertThat(!items.isEmpty() || AnyJson.isEmptyArray(value) || AnyJson.holdsAnEmptyArray(value, "records"))
                .isTrue();
        assertThat(items).allSatisfy(item -> {
            assertThat(item.type()).isNotBlank();
            assertThat(item.finding()).isNotNull().isNotInstanceOf(Finding.Fact.class);
            assertThat(AnyJson.holds(value, item.received())).isTrue();
        });
    }
}
