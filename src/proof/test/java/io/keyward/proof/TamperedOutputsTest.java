package io.keyward.proof;

import static io.keyward.proof.DecidedTenants.HR;
import static io.keyward.proof.DecidedTenants.expected;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.limit;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Topic;
import io.keyward.decision.PolicyStatus;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.topology.contract.TopicSchemas;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

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

    @ParameterizedTest
    @EnumSource(
            value = Topic.class,
            names = {"WARNINGS", "ANALYTICS_SUPPRESSIONS", "ENCRYPTION_DECISIONS"})
    void anOlderOutputThatIsPutBackIsFoundEvenIfCompactionHasRemovedTheNewerOne(Topic topic) {
        List<ConsumerRecord<byte[], byte[]>> records = log.all().stream()
                .filter(record -> record.topic().equals("cmk." + topic.baseName()))
                .toList();
        ConsumerRecord<byte[], byte[]> older = records.stream()
                .filter(record -> !Arrays.equals(log.last(topic, key(record)).value(), record.value()))
                .findFirst()
                .orElseThrow();
        ConsumerRecord<byte[], byte[]> back = log.append(topic, key(older), older.value());
        log.remove(record -> record.topic().equals(back.topic())
                && key(record).equals(key(back))
                && record.offset() != back.offset());

        assertThat(decided.findings())
                .anySatisfy(finding -> assertThat(finding.offset()).isEqualTo(back.offset()));
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
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
        edit(Topic.ENCRYPTION_DECISIONS, "contoso/hr", "policyStatus", PolicyStatus.SUCCEEDED);

        assertThat(decided.findings())
                .containsExactly(expected(decision, HR, Rule.R15, "policyStatus: expected WARNING, found SUCCEEDED."));
    }

    /// A record, a field of it that is changed, to what, and what is found.
    static Stream<Arguments> edits() {
        String signal = "contoso/hr/TENANT_REPORTING";
        String allowance = "fabrikam/hr/TENANT_REPORTING";
        return Stream.of(
                Arguments.of(
                        Topic.WARNINGS,
                        "contoso/hr/KEY_REVOKED",
                        "raisedAt",
                        day(1),
                        "raisedAt: expected " + day(7) + ", found " + day(1) + "."),
                Arguments.of(
                        Topic.WARNINGS,
                        "contoso//ENVIRONMENT_LIMIT_NEAR",
                        "raisedAt",
                        day(1),
                        "raisedAt: expected " + day(2) + ", found " + day(1) + "."),
                Arguments.of(
                        Topic.ANALYTICS_SUPPRESSIONS,
                        signal,
                        "effectiveFrom",
                        day(1),
                        "effectiveFrom: expected " + day(2) + ", found " + day(1) + "."),
                Arguments.of(Topic.ANALYTICS_SUPPRESSIONS, signal, "revision", 99L, "found 99."),
                Arguments.of(Topic.ANALYTICS_SUPPRESSIONS, allowance, "gaps", List.of(), ", found []."));
    }

    @ParameterizedTest
    @MethodSource("edits")
    void anyFieldThatTheRowTellsIsCompared(Topic topic, String key, String field, Object value, String sentence) {
        edit(topic, key, field, value);

        assertThat(decided.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.offset()).isEqualTo(log.last(topic, key).offset());
            assertThat(finding.rule()).contains(Rule.R15);
            assertThat(finding.sentence()).contains(sentence);
        });
    }

    /// The newest decision is the last one with that revision, and a signal may have any revision up to it.
    @Test
    void aSignalMayHaveTheRevisionOfAnyDecisionSoFar() {
        long newest = (Long) field(read(log.last(Topic.ENCRYPTION_DECISIONS, "contoso/sales")), "revision");
        String key = "contoso/sales/TENANT_REPORTING";
        long own = (Long) field(read(log.last(Topic.ANALYTICS_SUPPRESSIONS, key)), "revision");
        assertThat(own).isLessThan(newest);
        log.remove(record -> record.topic().equals("cmk.analytics-suppressions")
                && new String(record.key(), StandardCharsets.UTF_8).equals(key)
                && record.offset()
                        != log.last(Topic.ANALYTICS_SUPPRESSIONS, key).offset());
        for (long revision : new long[] {0, 1, newest, newest + 1}) {
            edit(Topic.ANALYTICS_SUPPRESSIONS, key, "revision", revision);
            assertThat(harness.verify(log.fromTheBeginning()).findings())
                    .as("revision %d", revision)
                    .hasSize(revision >= 1 && revision <= newest ? 0 : 1);
        }
    }

    @Test
    void aRecordOfAnotherTopicsSchemaIsFound() {
        log.replace(
                log.last(Topic.ENCRYPTION_DECISIONS, "contoso/hr"),
                log.last(Topic.ANALYTICS_SUPPRESSIONS, "contoso/hr/TENANT_REPORTING")
                        .value());

        assertThat(decided.findings())
                .anySatisfy(
                        finding -> assertThat(finding.sentence())
                                .isEqualTo(
                                        "Expected a record of the schema io.keyward.decision.EncryptionDecision, found io.keyward.decision.AnalyticsSuppression."));
    }

    @Test
    void anOutputWithAKeyThatNamesNoTenantIsFound() {
        ConsumerRecord<byte[], byte[]> foreign =
                log.append("cmk.warnings", 0, "contoso".getBytes(StandardCharsets.UTF_8), new byte[] {1});

        assertThat(decided.findings())
                .containsExactly(new ProofFinding(
                        "cmk.warnings",
                        0,
                        foreign.offset(),
                        Optional.empty(),
                        Optional.empty(),
                        new Deviation(Optional.of(Rule.R15), "Expected a key that begins with a tenant and '/'.")));
    }

    @Test
    void aTombstoneOnAnotherPartitionRetractsNothing() {
        ConsumerRecord<byte[], byte[]> decision = log.last(Topic.ENCRYPTION_DECISIONS, "contoso/hr");
        log.append(decision.topic(), 1 - decision.partition(), decision.key(), null);

        assertThat(harness.verify(log).holds()).isTrue();
    }

    @Test
    void aTombstoneUnderAKeyThatNothingAsksForIsNoFinding() {
        log.append(Topic.WARNINGS, "contoso/hr/RESTORE_AT_RISK", null);

        assertThat(harness.verify(log).holds()).isTrue();
    }

    @Test
    void aRecordOfAKnownEnvironmentThatItsRowDoesNotTellOfIsFound() {
        ConsumerRecord<byte[], byte[]> signal = log.last(Topic.ANALYTICS_SUPPRESSIONS, "contoso/hr/TENANT_REPORTING");
        ConsumerRecord<byte[], byte[]> madeUp =
                log.append(Topic.ANALYTICS_SUPPRESSIONS, "contoso/hr/ELSEWHERE", signal.value());

        assertThat(decided.findings())
                .containsExactly(
                        expected(
                                madeUp,
                                HR,
                                Rule.R24,
                                "Expected no record under the key contoso/hr/ELSEWHERE, because its environment's row says that nothing is published under it."));
    }

    private void edit(Topic topic, String key, String field, Object value) {
        ConsumerRecord<byte[], byte[]> record = log.last(topic, key);
        SpecificRecord edited = read(record);
        edited.put(edited.getSchema().getField(field).pos(), value);
        log.replace(record, harness.topology().bytesOf(topic, edited));
    }

    private static Object field(SpecificRecord record, String name) {
        return record.get(record.getSchema().getField(name).pos());
    }

    private SpecificRecord read(ConsumerRecord<byte[], byte[]> record) {
        return (SpecificRecord)
                TopicSchemas.reader(harness.topology().registry(), Topic.withSchema(Topic.Direction.OUT))
                        .deserialize(record.topic(), record.value());
    }

    @Test
    void aClearedWarningOfTheLimitThatWasDeletedIsFound() {
        harness.given(limit(9, "contoso", 10));
        log.addAllOf(harness.topology());
        assertThat(harness.verify(log).findings()).isEmpty();
        ConsumerRecord<byte[], byte[]> tombstone = log.append(Topic.WARNINGS, "contoso//ENVIRONMENT_LIMIT_NEAR", null);
        log.fromTheBeginning();

        assertThat(decided.findings())
                .containsExactly(
                        expected(
                                tombstone,
                                null,
                                Rule.R24,
                                "Expected the record that was published last under the key contoso//ENVIRONMENT_LIMIT_NEAR, found a tombstone."));
    }

    @Test
    void aWarningOfTheLimitThatWasNeverRaisedIsFound() {
        ConsumerRecord<byte[], byte[]> warning = log.last(Topic.WARNINGS, "contoso//ENVIRONMENT_LIMIT_NEAR");
        ConsumerRecord<byte[], byte[]> madeUp =
                log.append(Topic.WARNINGS, "fabrikam//ENVIRONMENT_LIMIT_NEAR", warning.value());

        assertThat(decided.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.offset()).isEqualTo(madeUp.offset());
            assertThat(finding.rule()).contains(Rule.R24);
            assertThat(finding.sentence())
                    .isEqualTo("Under the key fabrikam//ENVIRONMENT_LIMIT_NEAR: expected no record, found one.");
        });
    }
}
