package io.keyward.proof;

import static io.keyward.proof.DecidedTenants.HR;
import static io.keyward.proof.DecidedTenants.expected;
import static io.keyward.topology.Events.limit;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.decision.EncryptionDecision;
import io.keyward.decision.PolicyStatus;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.registry.AvroDeserializer;
import io.keyward.topology.contract.Topic;
import io.keyward.topology.contract.TopicSchemas;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every tampering with an output is found and named.
class TamperedOutputsTest {
    private final DecidedTenants decided = DecidedTenants.start();
    private final VerifiedHarness harness = decided.harness();
    private final InMemoryLog log = decided.log();

    @AfterEach
    void stop() {
        decided.close();
    }

    @Test
    void anOutputThatWasDeletedIsFound() {
        ConsumerRecord<byte[], byte[]> tombstone = log.append(Topic.ENCRYPTION_DECISIONS, "contoso/hr", null);

        assertThat(decided.findings())
                .containsExactly(expected(
                        tombstone,
                        HR,
                        Rule.R24,
                        "Expected the record that was published last under the key contoso/hr, found a tombstone."));
    }

    @Test
    void aSignalThatWasDeletedIsFound() {
        ConsumerRecord<byte[], byte[]> tombstone =
                log.append(Topic.ANALYTICS_SUPPRESSIONS, "contoso/hr/TENANT_REPORTING", null);

        assertThat(decided.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.offset()).isEqualTo(tombstone.offset());
            assertThat(finding.rule()).contains(Rule.R24);
        });
    }

    @Test
    void outputsThatWereTruncatedAreFound() {
        log.remove(record -> record.topic().equals("cmk.warnings"));

        assertThat(decided.findings())
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.sentence()).contains("in the topic warnings", "found none"))
                .anySatisfy(finding -> assertThat(finding.environment()).contains(HR))
                .anySatisfy(finding -> assertThat(finding.environment()).isEmpty());
    }

    @Test
    void anOutputThatWasWrittenTwiceIsFound() {
        ConsumerRecord<byte[], byte[]> decision = log.last(Topic.ENCRYPTION_DECISIONS, "contoso/hr");
        ConsumerRecord<byte[], byte[]> again = log.append(Topic.ENCRYPTION_DECISIONS, "contoso/hr", decision.value());

        assertThat(decided.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.topic()).isEqualTo("cmk.encryption-decisions");
            assertThat(finding.offset()).isEqualTo(again.offset());
            assertThat(finding.environment()).contains(HR);
            assertThat(finding.rule()).contains(Rule.R15);
            assertThat(finding.sentence()).startsWith("Expected a revision above ");
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Topic.class,
            names = {"WARNINGS", "ANALYTICS_SUPPRESSIONS", "ENCRYPTION_DECISIONS"})
    void everyKindOfOutputThatWasWrittenTwiceIsFound(Topic topic) {
        ConsumerRecord<byte[], byte[]> any = log.all().stream()
                .filter(record -> record.topic().equals("cmk." + topic.baseName()))
                .reduce((_, last) -> last)
                .orElseThrow();
        ConsumerRecord<byte[], byte[]> again =
                log.append(topic, new String(any.key(), StandardCharsets.UTF_8), any.value());

        assertThat(decided.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.offset()).isEqualTo(again.offset()));
    }

    /// Compaction while the log was read can remove the records between two that were read.
    @Test
    void aGapThatCompactionMadeWhileTheLogWasReadIsNoFinding() {
        ConsumerRecord<byte[], byte[]> decision = log.last(Topic.ENCRYPTION_DECISIONS, "contoso/hr");
        ConsumerRecord<byte[], byte[]> again = log.append(Topic.ENCRYPTION_DECISIONS, "contoso/hr", decision.value());
        log.beforeNextRound(() ->
                log.remove(record -> record.topic().equals(decision.topic()) && record.offset() == decision.offset()));
        // Something is suspect, so that there is a next round.
        log.append(Topic.ENCRYPTION_DECISIONS, "contoso/none", decision.value());

        assertThat(decided.findings())
                .noneSatisfy(finding -> assertThat(finding.offset()).isEqualTo(again.offset()));
    }

    @Test
    void anOutputOnAnotherPartitionIsFound() {
        ConsumerRecord<byte[], byte[]> decision = log.last(Topic.ENCRYPTION_DECISIONS, "contoso/hr");
        ConsumerRecord<byte[], byte[]> wrong =
                log.append(decision.topic(), 1 - decision.partition(), decision.key(), decision.value());

        assertThat(decided.findings())
                .containsExactly(expected(
                        wrong,
                        HR,
                        Rule.R15,
                        "Expected on the tenant's partition %d, found on partition %d."
                                .formatted(decision.partition(), wrong.partition())));
    }

    @Test
    void anOutputThatNothingAsksForIsFound() {
        ConsumerRecord<byte[], byte[]> decision = log.last(Topic.ENCRYPTION_DECISIONS, "contoso/hr");
        ConsumerRecord<byte[], byte[]> foreign =
                log.append(Topic.ENCRYPTION_DECISIONS, "contoso/none", decision.value());

        assertThat(decided.findings())
                .containsExactly(expected(
                        foreign,
                        new EnvironmentId("none"),
                        Rule.R24,
                        "Expected no record under the key contoso/none, because its environment has no row."));
    }

    @Test
    void anOutputThatCannotBeReadIsFound() {
        log.replace(log.last(Topic.WARNINGS, "contoso/hr/KEY_REVOKED"), new byte[] {7});

        assertThat(decided.findings()).anySatisfy(finding -> {
            assertThat(finding.topic()).isEqualTo("cmk.warnings");
            assertThat(finding.sentence()).contains("cannot be read");
        });
    }

    @Test
    void anOutputThatWasEditedIsFoundEvenIfItStandsWhereItStood() {
        ConsumerRecord<byte[], byte[]> decision = log.last(Topic.ENCRYPTION_DECISIONS, "contoso/hr");
        EncryptionDecision edited = (EncryptionDecision) AvroDeserializer.specific(
                        harness.topology().registry(),
                        TopicSchemas.of(Topic.Direction.OUT),
                        StateVerificationTest.class.getClassLoader())
                .deserialize(decision.topic(), decision.value());
        edited.put(edited.getSchema().getField("policyStatus").pos(), PolicyStatus.SUCCEEDED);
        log.replace(decision, harness.topology().bytesOf(Topic.ENCRYPTION_DECISIONS, edited));

        assertThat(decided.findings())
                .containsExactly(expected(decision, HR, Rule.R15, "policyStatus: expected WARNING, found SUCCEEDED."));
    }

    @Test
    void aClearedWarningOfTheLimitThatWasDeletedIsFound() {
        harness.given(limit(9, "contoso", 10));
        log.addAllOf(harness.topology());
        assertThat(harness.verify(log).findings()).isEmpty();
        ConsumerRecord<byte[], byte[]> tombstone = log.append(Topic.WARNINGS, "contoso//ENVIRONMENT_LIMIT_NEAR", null);
        log.fromTheBeginning();

        assertThat(decided.findings())
                .containsExactly(expected(
                        tombstone,
                        null,
                        Rule.R24,
                        "Under the key contoso//ENVIRONMENT_LIMIT_NEAR: expected a record, found a tombstone."));
    }

    @Test
    void aWarningOfTheLimitThatWasNeverRaisedIsFound() {
        ConsumerRecord<byte[], byte[]> warning = log.last(Topic.WARNINGS, "contoso//ENVIRONMENT_LIMIT_NEAR");
        ConsumerRecord<byte[], byte[]> madeUp =
                log.append(Topic.WARNINGS, "fabrikam//ENVIRONMENT_LIMIT_NEAR", warning.value());

        assertThat(decided.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.offset()).isEqualTo(madeUp.offset());
            assertThat(finding.rule()).contains(Rule.R24);
        });
    }
}
