package io.keyward.proof;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.key;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.reported;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static io.keyward.topology.Events.rotated;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.avro.state.StateCodec;
import io.keyward.decision.EncryptionDecision;
import io.keyward.decision.PolicyStatus;
import io.keyward.domain.Facts;
import io.keyward.domain.Inventory;
import io.keyward.domain.Profiles;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.AvroDeserializer;
import io.keyward.topology.contract.Topic;
import io.keyward.topology.contract.TopicSchemas;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What is stored and published is verified, and every tampering with a record is found and named.
class StateVerificationTest {
    private static final RuleProfile PROFILE = Profiles.MIGRATE.with(RuleProfile.Evidence.REPORT);
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final EnvironmentId HR = new EnvironmentId("hr");
    private static final EnvironmentId LAB = new EnvironmentId("lab");

    private final VerifiedHarness harness = VerifiedHarness.start(PROFILE);
    private InMemoryLog log;

    /// Contoso: two slots in use of two, so that lab waits; hr is locked by a key of its own. Fabrikam has left its
    /// key.
    @BeforeEach
    void decide() {
        harness.given(
                limit(1, "contoso", 2),
                rotated(1, "contoso", "k1", "v1"),
                rotated(1, "contoso", "k2", "v1"),
                clean(1, "contoso", "hr"),
                clean(1, "contoso", "sales"),
                clean(1, "contoso", "lab"),
                applied(2, "contoso", "hr", "k2"),
                applied(2, "contoso", "sales", "k1"),
                applied(3, "contoso", "lab", "k1"),
                reported(4, "contoso", "sales", "k1"),
                revoked(5, "contoso", "k1"),
                restored(6, "contoso", "k1"),
                revoked(7, "contoso", "k2"),
                clean(1, "fabrikam", "hr"),
                applied(2, "fabrikam", "hr", "k1"),
                removed(3, "fabrikam", "hr", "k1"));
        log = harness.log();
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private List<Finding> findings() {
        Report report = harness.verify(log);
        assertThat(report.holds()).isFalse();
        assertThat(report.unverifiable()).isEmpty();
        return report.findings();
    }

    private static Finding expected(
            ConsumerRecord<byte[], byte[]> at, EnvironmentId environment, Rule rule, String sentence) {
        return new Finding(
                at.topic(),
                at.partition(),
                at.offset(),
                Optional.of(CONTOSO),
                Optional.ofNullable(environment),
                Optional.of(rule),
                sentence);
    }

    @Test
    void whatTheProcessorHasWrittenHolds() {
        Report report = harness.verify(log);

        assertThat(report.findings()).isEmpty();
        assertThat(report.holds()).isTrue();
        assertThat(report.environments()).isEqualTo(4);
        assertThat(report.tenants()).isEqualTo(2);
        assertThat(report.keys()).isEqualTo(2);
        assertThat(report.outputs()).isGreaterThan(20);
    }

    @Test
    void anOutputThatWasDeletedIsFound() {
        ConsumerRecord<byte[], byte[]> tombstone = log.append(Topic.ENCRYPTION_DECISIONS, "contoso/hr", null);

        assertThat(findings())
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

        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.offset()).isEqualTo(tombstone.offset());
            assertThat(finding.rule()).contains(Rule.R24);
        });
    }

    @Test
    void outputsThatWereTruncatedAreFound() {
        log.remove(record -> record.topic().equals("cmk.warnings"));

        assertThat(findings())
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.sentence()).contains("in the topic warnings", "found none"))
                .anySatisfy(finding -> assertThat(finding.environment()).contains(HR))
                .anySatisfy(finding -> assertThat(finding.environment()).isEmpty());
    }

    @Test
    void anOutputThatWasWrittenTwiceIsFound() {
        ConsumerRecord<byte[], byte[]> decision = log.last(Topic.ENCRYPTION_DECISIONS, "contoso/hr");
        ConsumerRecord<byte[], byte[]> again = log.append(Topic.ENCRYPTION_DECISIONS, "contoso/hr", decision.value());

        assertThat(findings()).singleElement().satisfies(finding -> {
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

        assertThat(findings())
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

        assertThat(findings())
                .noneSatisfy(finding -> assertThat(finding.offset()).isEqualTo(again.offset()));
    }

    @Test
    void anOutputOnAnotherPartitionIsFound() {
        ConsumerRecord<byte[], byte[]> decision = log.last(Topic.ENCRYPTION_DECISIONS, "contoso/hr");
        ConsumerRecord<byte[], byte[]> wrong =
                log.append(decision.topic(), 1 - decision.partition(), decision.key(), decision.value());

        assertThat(findings())
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

        assertThat(findings())
                .containsExactly(expected(
                        foreign,
                        new EnvironmentId("none"),
                        Rule.R24,
                        "Expected no record under the key contoso/none, because its environment has no row."));
    }

    @Test
    void anOutputThatCannotBeReadIsFound() {
        log.replace(log.last(Topic.WARNINGS, "contoso/hr/KEY_REVOKED"), new byte[] {7});

        assertThat(findings()).anySatisfy(finding -> {
            assertThat(finding.topic()).isEqualTo("cmk.warnings");
            assertThat(finding.sentence()).contains("cannot be read");
        });
    }

    @Test
    void aLostEnvironmentIsFound() {
        log.putRow(Nodes.ENVIRONMENTS, RowKeys.environment(CONTOSO, HR), null);

        assertThat(findings())
                .anySatisfy(finding -> {
                    assertThat(finding.topic()).isEqualTo("cmk.encryption-decisions");
                    assertThat(finding.environment()).contains(HR);
                })
                .anySatisfy(finding -> assertThat(finding.rule()).contains(Rule.R10))
                .anySatisfy(finding -> {
                    assertThat(finding.topic()).isEqualTo("keyward-test-key-usage-changelog");
                    assertThat(finding.rule()).contains(Rule.R16);
                });
    }

    @Test
    void lostFactsOfAKeyAreFound() {
        log.putRow(Nodes.KEYS, RowKeys.key(CONTOSO, key("k2")), null);

        assertThat(findings()).anySatisfy(finding -> {
            assertThat(finding.topic()).isEqualTo("keyward-test-environments-changelog");
            assertThat(finding.environment()).contains(HR);
            assertThat(finding.sentence()).contains("encryptionState").contains("LOCKED");
        });
    }

    @Test
    void aLostUseOfAKeyIsFound() {
        log.putRow(Nodes.KEY_USAGE, RowKeys.usage(CONTOSO, key("k2"), HR), null);

        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.topic()).isEqualTo("keyward-test-environments-changelog");
            assertThat(finding.environment()).contains(HR);
            assertThat(finding.rule()).contains(Rule.R16);
        });
    }

    @Test
    void aLostStateOfATenantIsFound() {
        log.putRow(Nodes.TENANTS, RowKeys.tenantState(CONTOSO), null);

        assertThat(findings()).anySatisfy(finding -> {
            assertThat(finding.tenant()).contains(CONTOSO);
            assertThat(finding.rule()).contains(Rule.R10);
            assertThat(finding.sentence())
                    .isEqualTo("The slots in use: expected 2, as many as environments hold one, found 0.");
        });
    }

    @Test
    void aLostPlaceInTheQueueIsFound() {
        Bytes place = log.rows(Nodes.TENANTS).keySet().stream()
                .filter(RowKeys::isQueue)
                .findFirst()
                .orElseThrow();
        log.putRow(Nodes.TENANTS, place, null);

        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.environment()).contains(LAB);
            assertThat(finding.rule()).contains(Rule.R12);
        });
    }

    /// The bytes of a time are no text, and can be anything.
    @Test
    void aPlaceInTheQueueIsReadWhateverItsTime() {
        for (int millis : List.of(1, 255, 257, 0x2F2F, 0x010101)) {
            try (VerifiedHarness waiting = VerifiedHarness.start(PROFILE)) {
                waiting.given(
                        Facts.limit(Facts.day(1), 0),
                        Facts.snapshot(Facts.day(1), Inventory.production()),
                        Facts.applied(Facts.day(2).plusMillis(millis), "p1", "k1"));
                InMemoryLog whole = waiting.log();
                assertThat(waiting.verify(whole).findings()).isEmpty();
                Bytes place = whole.rows(Nodes.TENANTS).keySet().stream()
                        .filter(RowKeys::isQueue)
                        .findFirst()
                        .orElseThrow();
                whole.putRow(Nodes.ENVIRONMENTS, RowKeys.environment(Facts.CONTOSO, Facts.E1), null);

                assertThat(waiting.verify(whole.fromTheBeginning()).findings())
                        .filteredOn(finding -> finding.rule().equals(Optional.of(Rule.R12)))
                        .singleElement()
                        .satisfies(finding -> {
                            assertThat(finding.environment()).contains(Facts.E1);
                            assertThat(whole.at(finding.topic(), finding.offset()).key())
                                    .isEqualTo(place.get());
                        });
            }
        }
    }

    @Test
    void eachLostRowOfADeadlineIsFound() {
        List<Bytes> rows = log.rows(Nodes.DEADLINES).keySet().stream()
                .filter(key -> !key.equals(RowKeys.filled()))
                .toList();
        assertThat(rows).hasSizeGreaterThanOrEqualTo(4);
        for (Bytes row : rows) {
            InMemoryLog whole = log;
            byte[] value = whole.rows(Nodes.DEADLINES).get(row);
            whole.putRow(Nodes.DEADLINES, row, null);
            assertThat(harness.verify(whole.fromTheBeginning()).findings())
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.environment()).isEqualTo(RowKeys.environment(Nodes.DEADLINES, row));
                        assertThat(finding.rule()).contains(Rule.R25);
                    });
            whole.putRow(Nodes.DEADLINES, row, value);
        }
    }

    @Test
    void lostReportsAreFound() {
        Bytes names = log.rows(Nodes.ENFORCEMENT).keySet().stream()
                .sorted()
                .findFirst()
                .orElseThrow();
        log.putRow(Nodes.ENFORCEMENT, names, null);

        assertThat(findings()).anySatisfy(finding -> {
            assertThat(finding.environment()).contains(new EnvironmentId("sales"));
            assertThat(finding.rule()).contains(Rule.R28);
        });
    }

    @Test
    void aRowThatIsDamagedIsFound() {
        ConsumerRecord<byte[], byte[]> damaged =
                log.putRow(Nodes.ENVIRONMENTS, RowKeys.environment(CONTOSO, HR), new byte[] {4, 1});

        assertThat(findings()).anySatisfy(finding -> {
            assertThat(finding.offset()).isEqualTo(damaged.offset());
            assertThat(finding.environment()).contains(HR);
            assertThat(finding.sentence()).startsWith("The row cannot be read: ");
        });
    }

    @Test
    void aRowThatThisReleaseDoesNotKnowIsFound() {
        ConsumerRecord<byte[], byte[]> unknown = log.putRow(Nodes.TENANTS, Bytes.wrap(new byte[] {9, 9}), new byte[0]);

        assertThat(findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.offset()).isEqualTo(unknown.offset()));
    }

    @ParameterizedTest
    @CsvSource({"environments, 5", "keys, 12", "key-usage, 5", "deadlines, 12", "enforcement, 12", "tenants, 5"})
    void aKeyThatIsCutOffIsFound(String store, int length) {
        Bytes whole = log.rows(store).keySet().stream()
                .filter(key -> key.get().length > 8)
                .findFirst()
                .orElseThrow();
        ConsumerRecord<byte[], byte[]> cut =
                log.putRow(store, Bytes.wrap(Arrays.copyOf(whole.get(), length)), new byte[0]);

        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.offset()).isEqualTo(cut.offset());
            assertThat(finding.sentence()).isEqualTo("This release knows no row with such a key in this store.");
        });
    }

    @Test
    void aSweepOfEverythingThatCannotBeReadIsNotVerifiable() {
        log.putRow(Nodes.TENANTS, Bytes.wrap(new byte[] {3, 0, 0, 0, 0, 0, 0, 0, 0, 1}), new byte[] {4});

        assertThat(harness.verify(log).unverifiable())
                .singleElement()
                .satisfies(left -> assertThat(left.sentence()).startsWith("An unfinished sweep cannot be read"));
    }

    @Test
    void otherRulesAreNotVerifiable() {
        log.putRow(Nodes.TENANTS, RowKeys.rules(), "1 other".getBytes(StandardCharsets.UTF_8));

        Report report = harness.verify(log);

        assertThat(report.holds()).isFalse();
        assertThat(report.findings()).isEmpty();
        assertThat(report.unverifiable())
                .singleElement()
                .satisfies(left -> assertThat(left.sentence()).startsWith("Other rules decided last"));
    }

    @Test
    void unfilledDeadlinesAreNotVerifiable() {
        log.putRow(Nodes.DEADLINES, RowKeys.filled(), null);

        assertThat(harness.verify(log).unverifiable())
                .singleElement()
                .satisfies(left -> assertThat(left.topic()).isEqualTo("keyward-test-deadlines-changelog"));
    }

    @Test
    void aTransactionThatIsSeenInPartIsNoFinding() {
        harness.given(revoked(8, "contoso", "k1"), clean(2, "contoso", "new"));
        log.addRows(harness.topology());
        log.beforeNextRound(() -> log.addOutputs(harness.topology()));

        assertThat(harness.verify(log).holds()).isTrue();
    }

    @Test
    void outputsThatAreSeenBeforeTheirRowsAreNoFinding() {
        harness.given(revoked(8, "contoso", "k1"), clean(2, "contoso", "new"));
        log.addOutputs(harness.topology());
        log.beforeNextRound(() -> log.addRows(harness.topology()));

        assertThat(harness.verify(log).holds()).isTrue();
    }

    @Test
    void whatKeepsChangingIsNotVerifiable() {
        harness.given(revoked(8, "contoso", "k1"));
        log.addRows(harness.topology());
        log.beforeNextRound(() -> {
            harness.given(restored(9, "contoso", "k1"));
            log.addRows(harness.topology());
        });

        Report report = harness.verify(log);

        assertThat(report.holds()).isFalse();
        assertThat(report.findings()).isEmpty();
        assertThat(report.unverifiable())
                .isNotEmpty()
                .allSatisfy(left -> assertThat(left.sentence()).startsWith("It kept changing"));
    }

    @Test
    void whatASweepStillHasToReachIsNotVerifiableAndHoldsAfterIt() {
        try (VerifiedHarness interrupted = VerifiedHarness.start(PROFILE, 1)) {
            for (int number = 0; number < 4; number++) {
                String environment = "environment-" + number;
                interrupted.given(clean(1, "contoso", environment), applied(2, "contoso", environment, "k1"));
            }
            interrupted.given(revoked(3, "contoso", "k1"));
            InMemoryLog swept = interrupted.log();

            Report report = interrupted.verify(swept);
            assertThat(report.holds()).isFalse();
            assertThat(report.findings()).isEmpty();
            assertThat(report.unverifiable())
                    .isNotEmpty()
                    .allSatisfy(left -> assertThat(left.sentence()).startsWith("A sweep that has not ended"));

            swept.fromTheBeginning().beforeNextRound(() -> {
                interrupted.finishSweeps();
                swept.addAllOf(interrupted.topology());
            });
            assertThat(interrupted.verify(swept).holds()).isTrue();
        }
    }

    @Test
    void aSlotThatIsCountedTwiceIsFound() {
        ConsumerRecord<byte[], byte[]> edited = changeTenant(state -> state.addSlots(1));

        assertThat(findings())
                .contains(expected(
                        edited,
                        null,
                        Rule.R10,
                        "The slots in use: expected 2, as many as environments hold one, found 3."));
    }

    @Test
    void somebodyWhoWaitsWhileASlotIsFreeIsFound() {
        ConsumerRecord<byte[], byte[]> edited = changeTenant(state -> state.with(limit(9, "contoso", 3)));

        assertThat(findings())
                .contains(expected(
                        edited,
                        null,
                        Rule.R12,
                        "Expected nobody to wait while a slot is free, found 1 waiting with 2 of 3 slots in use."));
    }

    @Test
    void aWarningOfTheLimitThatShouldBeOpenIsFound() {
        ConsumerRecord<byte[], byte[]> edited = changeTenant(state -> state.withLimitNear(Optional.empty()));

        assertThat(findings())
                .contains(expected(
                        edited, null, Rule.R13, "The warning ENVIRONMENT_LIMIT_NEAR: expected open, found not open."))
                .anySatisfy(finding -> {
                    assertThat(finding.topic()).isEqualTo("cmk.warnings");
                    assertThat(finding.rule()).contains(Rule.R15);
                });
    }

    private ConsumerRecord<byte[], byte[]> changeTenant(UnaryOperator<TenantState> change) {
        Bytes key = RowKeys.tenantState(CONTOSO);
        StateCodec<TenantState> codec = StateCodec.ofTenants();
        return log.putRow(
                Nodes.TENANTS,
                key,
                codec.write(change.apply(codec.read(log.rows(Nodes.TENANTS).get(key)))));
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

        assertThat(findings())
                .containsExactly(expected(decision, HR, Rule.R15, "policyStatus: expected WARNING, found SUCCEEDED."));
    }
}
