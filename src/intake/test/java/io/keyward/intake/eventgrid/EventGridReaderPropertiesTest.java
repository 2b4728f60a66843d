package io.keyward.intake.eventgrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.id.TenantId;
import io.keyward.intake.AnyJson;
import io.keyward.intake.Item;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Whatever Event Grid, or somebody with its secret, sends: nothing is thrown, and nothing gets lost.
class EventGridReaderPropertiesTest {
    private static final TenantId CONTOSO = new TenantId("contoso");

    private static final List<String> SAMPLES = List.of(
            "eventgrid/key-new-version.event-grid.json",
            "eventgrid/key-new-version.numbers.json",
            "eventgrid/key-near-expiry.json",
            "eventgrid/key-expired.json",
            "eventgrid/vault-access-policy-changed.json",
            "eventgrid/subscription-validation.json",
            "eventgrid/resource-delete.event-grid.json",
            "eventgrid/resource-write.cloud-events.json");

    @Provide
    Arbitrary<byte[]> bodies() {
        return AnyJson.bodies(SAMPLES);
    }

    @Property(tries = 5_000)
    void eachBodyBecomesItems(@ForAll("bodies") byte[] body) {
        List<Item> items = EventGridReader.read(CONTOSO, body);
        assertThat(items.isEmpty()).isEqualTo(AnyJson.isEmptyArray(body));
        assertThat(items).allSatisfy(item -> {
            assertThat(item.type()).isNotBlank();
            assertThat(item.finding()).isNotNull();
            assertThat(AnyJson.holds(body, item.received())).isTrue();
        });
    }
}
