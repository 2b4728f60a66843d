package io.keyward.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.avro.EventCodec;
import io.keyward.client.Topic;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Event;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.read.OutputRecord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComponentReporterTest {
    private static final Instant NOW = Instant.parse("2026-03-05T10:00:00Z");
    private static final String KEY =
            "{\"vaultUri\":\"https://v.vault.azure.net\",\"keyName\":\"k\",\"keyVersion\":\"v2\"}";

    private final ComponentReporter reporter = new ComponentReporter();

    @Test
    void whatIsDecidedIsReportedAsDone() throws Exception {
        note("CUSTOMER_MANAGED", KEY, "2026-03-01T00:00:00Z");

        List<Event.EnforcementReported> reports = reports();

        assertThat(reports)
                .extracting(Event.EnforcementReported::component)
                .containsExactly(Component.DATAVERSE, Component.CLOUD_FLOWS, Component.HOSTED_MACHINES);
        assertThat(reports).allSatisfy(report -> {
            assertThat(report.occurredAt()).isEqualTo(NOW);
            assertThat(report.report().complete()).isTrue();
        });
        assertThat(keys(reports.get(0))).containsExactly("https://v.vault.azure.net/keys/k/v2");
        assertThat(keys(reports.get(1))).containsExactly("", "https://v.vault.azure.net/keys/k/v2");
        assertThat(keys(reports.get(2))).containsExactly("");
    }

    @Test
    void aDesiredStateIsAnsweredOnce() throws Exception {
        note("CUSTOMER_MANAGED", KEY, "2026-03-01T00:00:00Z");
        reports();
        note("CUSTOMER_MANAGED", KEY, "2026-03-01T00:00:00Z");
        assertThat(reports()).isEmpty();

        note("CUSTOMER_MANAGED", KEY, "2026-03-02T00:00:00Z");
        assertThat(reports()).hasSize(3);
    }

    @Test
    void aLockedEnvironmentIsReportedOnOnceItIsUnlocked() throws Exception {
        note("LOCKED", KEY, "2026-03-01T00:00:00Z");
        assertThat(reports()).isEmpty();

        note("RECOVERABLE", KEY, "2026-03-01T00:00:00Z");
        assertThat(reports()).hasSize(3);
    }

    @Test
    void noItemIsReportedUnderAKeyWithoutAVersion() throws Exception {
        note(
                "CUSTOMER_MANAGED",
                "{\"vaultUri\":\"https://v.vault.azure.net\",\"keyName\":\"k\"}",
                "2026-03-01T00:00:00Z");

        assertThat(keys(reports().getFirst())).isEmpty();
    }

    @Test
    void aPurgedEnvironmentIsNotReportedOn() throws Exception {
        note("CUSTOMER_MANAGED", KEY, "2026-03-01T00:00:00Z");
        reporter.note(new OutputRecord.Retracted(Topic.ENCRYPTION_DECISIONS, "contoso/hr", NOW));

        assertThat(reports()).isEmpty();
    }

    private List<Event.EnforcementReported> reports() {
        return reporter.reports(NOW).stream()
                .map(EventLine::value)
                .map(value -> (Event.EnforcementReported) EventCodec.read(value.orElseThrow()))
                .toList();
    }

    private static List<String> keys(Event.EnforcementReported event) {
        return event.report().items().stream()
                .map(items -> items.key().map(Object::toString).orElse(""))
                .toList();
    }

    private void note(String state, String key, String since) throws Exception {
        String decision = """
                {"tenantId":"contoso","environmentId":"hr","encryptionState":"%s","key":%s,
                 "components":[{"component":"DATAVERSE","protection":"CUSTOMER_MANAGED"},
                   {"component":"CLOUD_FLOWS","protection":"MIXED"},
                   {"component":"HOSTED_MACHINES","protection":"MICROSOFT_MANAGED"}],
                 "enforcement":[{"component":"DATAVERSE","status":"UNREPORTED","desiredSince":"%s"},
                   {"component":"CLOUD_FLOWS","status":"UNREPORTED","desiredSince":"%s"},
                   {"component":"HOSTED_MACHINES","status":"UNREPORTED","desiredSince":"%s"}]}""".formatted(state, key, since, since, since);
        ObjectNode value = (ObjectNode) new JsonMapper().readTree(decision);
        reporter.note(new OutputRecord.Published(Topic.ENCRYPTION_DECISIONS, "contoso/hr", value, NOW));
    }
}
