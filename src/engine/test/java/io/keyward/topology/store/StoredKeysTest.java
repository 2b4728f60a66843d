package io.keyward.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.FanOut;
import io.keyward.domain.decision.PendingFanOut;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.event.Component;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.PartName;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/// Fixes the keys of rows: existing stores are full of them, and the next release must find them.
class StoredKeysTest {
    private static final TenantId TENANT = new TenantId("t");
    private static final EnvironmentId ENVIRONMENT = new EnvironmentId("e");
    private static final KeyId KEY = new KeyId("https://v", "k");

    @Test
    void rowsOfEnvironmentsKeysAndTheirUsers() {
        assertThat(hex(RowKeys.environment(TENANT, ENVIRONMENT))).isEqualTo("74006500");
        assertThat(hex(RowKeys.key(TENANT, KEY))).isEqualTo("740068747470733a2f2f76006b00");
        assertThat(hex(RowKeys.usage(TENANT, KEY, ENVIRONMENT))).isEqualTo("740068747470733a2f2f76006b006500");
        assertThat(hex(RowKeys.queue(TENANT, Instant.ofEpochMilli(1), ENVIRONMENT)))
                .isEqualTo("02740080000000000000016500");
        assertThat(hex(RowKeys.tenantState(TENANT))).isEqualTo("017400");
    }

    @Test
    void rowsOfReportsLieByComponent() {
        Component component = Component.DATAVERSE;
        assertThat(hex(row(new ReportRow.OfNames(component)))).isEqualTo("74006500" + "44415441564552534500");
        assertThat(hex(row(new ReportRow.OfKnownParts(component)))).isEqualTo("74006500" + "4441544156455253450001");
        assertThat(hex(row(new ReportRow.OfPart(component, PartName.ONLY))))
                .isEqualTo("74006500" + "4441544156455253450000");
        assertThat(hex(row(new ReportRow.OfPart(component, new PartName("p")))))
                .isEqualTo("74006500" + "444154415645525345007000");
    }

    private static Bytes row(ReportRow row) {
        Bytes key = RowKeys.report(TENANT, ENVIRONMENT, row);
        assertThat(RowKeys.report(key)).isEqualTo(row);
        return key;
    }

    @Test
    void rowsOfWhatIsStillToBeDoneLieByTenantAndInTheirOrder() {
        KeyValueStore<Bytes, byte[]> store = TestStores.named("tenants");
        PendingFanOutStore rows = new PendingFanOutStore(store);
        rows.add(fanOut(new FanOut.OfQueue(TENANT)));
        rows.add(fanOut(new FanOut.OfKey(TENANT, KEY, Optional.empty())));
        rows.add(fanOut(new FanOut.OfEverything(Optional.empty())));
        rows.putRules("p");

        List<String> keys = new ArrayList<>();
        store.all().forEachRemaining(row -> keys.add(hex(row.key)));
        assertThat(keys)
                .containsExactly("03000000000000000001", "0374000000000000000001", "0374000000000000000002", "04");
        assertThat(new PendingFanOutStore(store).count()).isEqualTo(3);
    }

    private static PendingFanOut fanOut(FanOut fanOut) {
        Instant time = Instant.ofEpochMilli(1);
        return PendingFanOut.start(
                fanOut, new Trigger(new Cause("KeyRevoked", "e1", time, "t", 0, 1), time, List.of()));
    }

    private static String hex(Bytes key) {
        return HexFormat.of().formatHex(key.get());
    }
}
