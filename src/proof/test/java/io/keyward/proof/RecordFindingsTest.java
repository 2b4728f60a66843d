package io.keyward.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is wrong with records by themselves is listed, and counted beyond the list.
class RecordFindingsTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final EnvironmentId HR = new EnvironmentId("hr");
    private static final byte[] VALUE = {1};

    private final RecordFindings findings =
            new RecordFindings(topic -> topic.equals("rows") ? Optional.of(Nodes.ENVIRONMENTS) : Optional.empty());

    @Test
    void aMisplacedRecordThatATombstoneTakesAwayIsNone() {
        findings.addMisplaced(output("contoso/hr", VALUE), CONTOSO, 3);
        findings.addMisplaced(output("contoso/it", VALUE), CONTOSO, 3);
        findings.addMisplaced(output("contoso/hr", null), CONTOSO, 3);
        assertThat(findings.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.environment()).contains(new EnvironmentId("it"));
            assertThat(finding.rule()).contains(Rule.R15);
            assertThat(finding.sentence()).isEqualTo("Expected on the tenant's partition 3, found on partition 0.");
        });
    }

    @Test
    void aMisplacedRowNamesItsEnvironmentAndNoRule() {
        findings.addMisplaced(
                new ConsumerRecord<>(
                        "rows", 0, 7, RowKeys.environment(CONTOSO, HR).get(), VALUE),
                CONTOSO,
                3);
        assertThat(findings.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.environment()).contains(HR);
            assertThat(finding.rule()).isEmpty();
        });
    }

    @Test
    void ofEachKindAsManyAreListedAsFitAndTheOthersAreCounted() {
        NewestOutput before = new NewestOutput(0, 4, VALUE, new RecordHeaders());
        for (int number = 0; number < Report.LISTED; number++) {
            findings.addUnreadable(output("" + number, VALUE), "It cannot be read.");
            findings.addMisplaced(output("contoso/" + number, VALUE), CONTOSO, 3);
            findings.addRepeated(output("contoso/" + number, VALUE), CONTOSO, "Twice.", before);
        }
        assertThat(findings.omitted()).isZero();
        assertThat(findings.findings()).hasSize(2 * Report.LISTED);
        findings.addUnreadable(output("more", VALUE), "It cannot be read.");
        assertThat(findings.omitted()).isEqualTo(1);
        findings.addMisplaced(output("contoso/more", VALUE), CONTOSO, 3);
        assertThat(findings.omitted()).isEqualTo(2);
        findings.addRepeated(output("contoso/more", VALUE), CONTOSO, "Twice.", before);
        assertThat(findings.omitted()).isEqualTo(3);
        assertThat(findings.findings()).hasSize(2 * Report.LISTED);
        assertThat(findings.repeated()).hasSize(Report.LISTED);
        assertThat(findings.repeated().getFirst().before()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "contoso/hr, hr",
        "contoso/hr/KEY_REVOKED, hr",
        "contoso//ENVIRONMENT_LIMIT_NEAR,",
        "contoso,",
        "contoso/ ,"
    })
    void theKeyOfAnOutputNamesAnEnvironment(String key, String environment) {
        assertThat(RecordKeys.environment(key))
                .isEqualTo(Optional.ofNullable(environment).map(EnvironmentId::new));
    }

    private static ConsumerRecord<byte[], byte[]> output(String key, byte[] value) {
        return new ConsumerRecord<>("outputs", 0, 7, key.getBytes(StandardCharsets.UTF_8), value);
    }
}
