package io.keyward.proof.tenant;

import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.TopicNames;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/// What stands of a tenant is counted, and nothing of anybody else.
class TenantHoldingsTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final TenantId OTHER = new TenantId("contoso-2");
    private static final EnvironmentId HR = new EnvironmentId("hr");

    private final TenantHoldings holdings = new TenantHoldings(CONTOSO, "keyward", new TopicNames("cmk."));

    @Test
    void theChangelogsAndTheOutputsAreRead() {
        assertThat(holdings.topics())
                .containsExactly(
                        "keyward-deadlines-changelog",
                        "keyward-enforcement-changelog",
                        "keyward-environments-changelog",
                        "keyward-key-usage-changelog",
                        "keyward-keys-changelog",
                        "keyward-tenants-changelog",
                        "cmk.encryption-decisions",
                        "cmk.warnings",
                        "cmk.analytics-suppressions");
    }

    @Test
    void rowsAndRecordsOfTheTenantAreCountedUntilTheyAreDeleted() {
        for (TenantId tenant : new TenantId[] {CONTOSO, OTHER}) {
            row(Nodes.ENVIRONMENTS, RowKeys.environment(tenant, HR), 1);
            row(Nodes.ENVIRONMENTS, RowKeys.environment(tenant, new EnvironmentId("it")), 1);
            row(Nodes.KEYS, RowKeys.key(tenant, key("k1")), 1);
            row(Nodes.KEY_USAGE, RowKeys.usage(tenant, key("k1"), HR), 1);
            row(Nodes.DEADLINES, RowKeys.deadline(tenant, day(1), HR), 1);
            row(Nodes.TENANTS, RowKeys.tenantState(tenant), 1);
            output("encryption-decisions", tenant + "/hr", 1);
            output("warnings", tenant + "//ENVIRONMENT_LIMIT_NEAR", 1);
            output("analytics-suppressions", tenant + "/hr/A", 1);
        }
        row(Nodes.TENANTS, RowKeys.RULES_ROW, 1);
        assertCounts(2, 1, 6, 3);

        row(Nodes.ENVIRONMENTS, RowKeys.environment(CONTOSO, HR), 2);
        output("warnings", "contoso//ENVIRONMENT_LIMIT_NEAR", 2);
        assertCounts(2, 1, 6, 3);

        row(Nodes.ENVIRONMENTS, RowKeys.environment(CONTOSO, HR), null);
        row(Nodes.KEYS, RowKeys.key(CONTOSO, key("k1")), null);
        output("warnings", "contoso//ENVIRONMENT_LIMIT_NEAR", null);
        row(Nodes.ENVIRONMENTS, RowKeys.environment(OTHER, HR), null);
        output("warnings", "contoso-2//ENVIRONMENT_LIMIT_NEAR", null);
        assertCounts(1, 0, 4, 2);
    }

    private void assertCounts(int environments, int keys, int rows, int outputs) {
        assertThat(holdings.environments()).isEqualTo(environments);
        assertThat(holdings.keys()).isEqualTo(keys);
        assertThat(holdings.rows()).isEqualTo(rows);
        assertThat(holdings.outputs()).isEqualTo(outputs);
    }

    private void row(String store, Bytes key, Integer value) {
        take("keyward-" + store + "-changelog", key.get(), value);
    }

    private void output(String topic, String key, Integer value) {
        take("cmk." + topic, key.getBytes(StandardCharsets.UTF_8), value);
    }

    private void take(String topic, byte[] key, Integer value) {
        holdings.take(new ConsumerRecord<>(topic, 0, 0, key, value == null ? null : new byte[] {value.byteValue()}));
    }
}
