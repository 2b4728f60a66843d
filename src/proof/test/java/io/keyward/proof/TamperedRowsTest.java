package io.keyward.proof;

import static io.keyward.proof.DecidedTenants.CONTOSO;
import static io.keyward.proof.DecidedTenants.HR;
import static io.keyward.proof.DecidedTenants.LAB;
import static io.keyward.proof.DecidedTenants.expected;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.key;
import static io.keyward.topology.Events.limit;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.Facts;
import io.keyward.domain.Inventory;
import io.keyward.domain.Timer;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.FanOut;
import io.keyward.domain.decision.PendingFanOut;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every loss or change of a row is found and named.
class TamperedRowsTest {
    private static final TenantId FABRIKAM = new TenantId("fabrikam");

    private final DecidedTenants decided = DecidedTenants.start();
    private final VerifiedHarness harness = decided.harness();
    private final InMemoryLog log = decided.log();

    @AfterEach
    void stop() {
        decided.close();
    }

    @Test
    void aLostEnvironmentIsFound() {
        log.putRow(Nodes.ENVIRONMENTS, RowKeys.environment(CONTOSO, HR), null);

        assertThat(decided.findings())
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

        assertThat(decided.findings()).anySatisfy(finding -> {
            assertThat(finding.topic()).isEqualTo("keyward-test-environments-changelog");
            assertThat(finding.environment()).contains(HR);
            assertThat(finding.sentence()).contains("encryptionState").contains("LOCKED");
        });
    }

    @Test
    void aLostUseOfAKeyIsFound() {
        log.putRow(Nodes.KEY_USAGE, RowKeys.usage(CONTOSO, key("k2"), HR), null);

        assertThat(decided.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.topic()).isEqualTo("keyward-test-environments-changelog");
            assertThat(finding.environment()).contains(HR);
            assertThat(finding.rule()).contains(Rule.R16);
        });
    }

    @Test
    void aLostStateOfATenantIsFound() {
        log.putRow(Nodes.TENANTS, RowKeys.tenantState(CONTOSO), null);

        assertThat(decided.findings()).anySatisfy(finding -> {
            assertThat(finding.tenant()).contains(CONTOSO);
            assertThat(finding.rule()).contains(Rule.R10);
            assertThat(finding.sentence())
                    .isEqualTo("The slots in use: expected 2, as many as environments hold one, found 0.");
        });
    }

    @Test
    void aLostPlaceInTheQueueIsFound() {
        Bytes place = log.rows(Nodes.TENANTS).keySet().stream()
                .filter(row -> RowKeys.isOf(RowKeys.QUEUE, row))
                .findFirst()
                .orElseThrow();
        log.putRow(Nodes.TENANTS, place, null);

        assertThat(decided.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.environment()).contains(LAB);
            assertThat(finding.rule()).contains(Rule.R12);
        });
    }

    /// The bytes of a time are not text, and can be anything.
    @Test
    void aPlaceInTheQueueIsReadWhateverItsTime() {
        for (int millis : List.of(1, 255, 257, 0x2F2F, 0x010101)) {
            try (VerifiedHarness waiting = VerifiedHarness.start(DecidedTenants.PROFILE)) {
                waiting.given(
                        Facts.limit(Facts.day(1), 0),
                        Facts.snapshot(Facts.day(1), Inventory.production()),
                        Facts.applied(Facts.day(2).plusMillis(millis), "p1", "k1"));
                InMemoryLog whole = waiting.log();
                assertThat(waiting.verify(whole).findings()).isEmpty();
                Bytes place = whole.rows(Nodes.TENANTS).keySet().stream()
                        .filter(row -> RowKeys.isOf(RowKeys.QUEUE, row))
                        .findFirst()
                        .orElseThrow();
                whole.putRow(Nodes.ENVIRONMENTS, RowKeys.environment(Facts.CONTOSO, Facts.E1), null);

                assertThat(waiting.verify(whole.fromTheBeginning()).findings())
                        .filteredOn(finding -> finding.rule().equals(Optional.of(Rule.R12)))
                        .singleElement()
                        .satisfies(finding -> {
                            assertThat(finding.environment()).contains(Facts.E1);
                            assertThat(whole.at(finding.topic(), finding.offset())
                                            .key())
                                    .isEqualTo(place.get());
                        });
            }
        }
    }

    @Test
    void eachLostRowOfADeadlineIsFound() {
        List<Bytes> rows = log.rows(Nodes.DEADLINES).keySet().stream()
                .filter(key -> !key.equals(RowKeys.FILLED_ROW))
                .toList();
        assertThat(rows).hasSizeGreaterThanOrEqualTo(2);
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

    /// Time has reached day 4. On day 7, Fabrikam's environment is late in showing that its key was left.
    @ParameterizedTest
    @CsvSource({"4, false", "5, true", "7, true", "8, false"})
    void aTimerThatHasFiredOrFiresTooLateIsFound(int day, boolean holds) {
        harness.given(new Event.TimeReached(FABRIKAM, day(4)));
        log.addRows(harness.topology());
        moveTimer(FABRIKAM, HR, day(day));

        Report report = harness.verify(log);

        assertThat(report.holds()).isEqualTo(holds);
        assertThat(report.findings()).hasSize(holds ? 0 : 1).allSatisfy(finding -> {
            assertThat(finding.environment()).contains(HR);
            assertThat(finding.rule()).contains(Rule.R25);
            assertThat(finding.sentence())
                    .isEqualTo(
                            "The timer, which fires later than the time reached and no later than the deadline: expected %s, found %s."
                                    .formatted(day(7), day(day)));
        });
    }

    private void moveTimer(TenantId tenant, EnvironmentId environment, Instant to) {
        StateCodec<EnvironmentState> codec = StateCodec.ENVIRONMENTS;
        Bytes key = RowKeys.environment(tenant, environment);
        EnvironmentState state = codec.read(log.rows(Nodes.ENVIRONMENTS).get(key));
        Instant due = state.dueAt().orElseThrow();
        EnvironmentState moved = new EnvironmentState(
                state.facts(), state.slot(), state.published(), state.series(), Optional.of(new Timer(due, to)));
        Instant from = state.firesAt().orElseThrow();
        log.putRow(Nodes.DEADLINES, RowKeys.deadline(tenant, from, environment), null);
        log.putRow(Nodes.DEADLINES, RowKeys.deadline(tenant, to, environment), new byte[0]);
        log.putRow(Nodes.ENVIRONMENTS, key, codec.write(moved));
    }

    @Test
    void lostReportsAreFound() {
        Bytes names = log.rows(Nodes.ENFORCEMENT).keySet().stream()
                .sorted()
                .findFirst()
                .orElseThrow();
        log.putRow(Nodes.ENFORCEMENT, names, null);

        assertThat(decided.findings()).anySatisfy(finding -> {
            assertThat(finding.environment()).contains(new EnvironmentId("sales"));
            assertThat(finding.rule()).contains(Rule.R28);
        });
    }

    @Test
    void aRowThatIsDamagedIsFound() {
        ConsumerRecord<byte[], byte[]> damaged =
                log.putRow(Nodes.ENVIRONMENTS, RowKeys.environment(CONTOSO, HR), new byte[] {4, 1});

        assertThat(decided.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.offset()).isEqualTo(damaged.offset());
            assertThat(finding.environment()).contains(HR);
            assertThat(finding.sentence()).startsWith("The row cannot be read: ");
        });
    }

    @ParameterizedTest
    @CsvSource({"keys,", "tenants,", "enforcement, sales"})
    void aRowOfAnyStoreThatIsDamagedIsFound(String store, String environment) {
        Bytes key = log.rows(store).keySet().stream()
                .filter(row -> RowKeys.tenant(store, row).equals(Optional.of(CONTOSO)))
                .filter(row -> !store.equals(Nodes.TENANTS) || RowKeys.isOf(RowKeys.STATE, row))
                .sorted()
                .findFirst()
                .orElseThrow();
        ConsumerRecord<byte[], byte[]> damaged = log.putRow(store, key, new byte[] {4, 1});

        assertThat(decided.findings()).anySatisfy(finding -> {
            assertThat(finding.topic()).isEqualTo(damaged.topic());
            assertThat(finding.offset()).isEqualTo(damaged.offset());
            assertThat(finding.environment())
                    .isEqualTo(Optional.ofNullable(environment).map(EnvironmentId::new));
            assertThat(finding.sentence()).startsWith("The row cannot be read: ");
        });
    }

    /// A store, a row of it that the environment's does not imply, and the rule that asks for such rows.
    static Stream<Arguments> unexpectedRows() {
        return Stream.of(
                Arguments.of(Nodes.KEY_USAGE, RowKeys.usage(CONTOSO, key("k9"), HR), Rule.R16),
                Arguments.of(Nodes.DEADLINES, RowKeys.deadline(CONTOSO, day(99), HR), Rule.R25),
                Arguments.of(Nodes.TENANTS, RowKeys.queue(CONTOSO, day(2), HR), Rule.R12));
    }

    @ParameterizedTest
    @MethodSource("unexpectedRows")
    void aRowThatNothingAsksForIsFound(String store, Bytes key, Rule rule) {
        ConsumerRecord<byte[], byte[]> madeUp = log.putRow(store, key, new byte[0]);

        assertThat(decided.findings())
                .containsExactly(expected(
                        madeUp, HR, rule, "Expected no such row, as that of the environment does not imply it."));
    }

    @Test
    void reportsOnAnEnvironmentThatHasNoRowAreFound() {
        Bytes names = log.rows(Nodes.ENFORCEMENT).keySet().stream()
                .sorted()
                .findFirst()
                .orElseThrow();
        byte[] other = new String(names.get(), StandardCharsets.ISO_8859_1)
                .replace("sales", "other")
                .getBytes(StandardCharsets.ISO_8859_1);
        ConsumerRecord<byte[], byte[]> madeUp = log.putRow(
                Nodes.ENFORCEMENT,
                Bytes.wrap(other),
                log.rows(Nodes.ENFORCEMENT).get(names));

        assertThat(decided.findings())
                .containsExactly(expected(
                        madeUp,
                        new EnvironmentId("other"),
                        Rule.R28,
                        "Expected no reports on an environment that has no row, found some."));
    }

    @Test
    void aRecordWithoutAKeyIsFound() {
        ConsumerRecord<byte[], byte[]> without = log.append(InMemoryLog.changelog(Nodes.KEYS), 0, null, new byte[0]);

        assertThat(decided.findings())
                .containsExactly(new ProofFinding(
                        without.topic(),
                        0,
                        without.offset(),
                        Optional.empty(),
                        Optional.empty(),
                        new Deviation(Optional.empty(), "Expected a key, found none.")));
    }

    @Test
    void aRowThatThisReleaseDoesNotKnowIsFound() {
        ConsumerRecord<byte[], byte[]> unknown = log.putRow(Nodes.TENANTS, Bytes.wrap(new byte[] {99, 9}), new byte[0]);

        assertThat(decided.findings())
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

        assertThat(decided.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.offset()).isEqualTo(cut.offset());
            assertThat(finding.rule()).isEmpty();
            assertThat(finding.sentence()).isEqualTo("This release knows no row with such a key in this store.");
        });
    }

    @Test
    void aSlotThatIsCountedTwiceIsFound() {
        ConsumerRecord<byte[], byte[]> edited = changeTenant(state -> state.addSlots(1));

        assertThat(decided.findings())
                .contains(expected(
                        edited,
                        null,
                        Rule.R10,
                        "The slots in use: expected 2, as many as environments hold one, found 3."));
    }

    @Test
    void somebodyWhoWaitsWhileASlotIsFreeIsFound() {
        ConsumerRecord<byte[], byte[]> edited = changeTenant(state -> state.with(limit(9, "contoso", 3)));

        assertThat(decided.findings())
                .contains(expected(
                        edited,
                        null,
                        Rule.R12,
                        "Expected nobody to wait while a slot is free, found 1 waiting with 2 of 3 slots in use."));
    }

    @Test
    void aWarningOfTheLimitThatShouldBeOpenIsFound() {
        ConsumerRecord<byte[], byte[]> edited = changeTenant(state -> state.withLimitNear(Optional.empty()));

        assertThat(decided.findings())
                .contains(expected(
                        edited, null, Rule.R13, "The warning ENVIRONMENT_LIMIT_NEAR: expected open, found not open."))
                .anySatisfy(finding -> {
                    assertThat(finding.topic()).isEqualTo("cmk.warnings");
                    assertThat(finding.rule()).contains(Rule.R15);
                });
    }

    @Test
    void aWarningOfTheLimitThatShouldNotBeOpenIsFound() {
        ConsumerRecord<byte[], byte[]> edited = changeTenant(state -> state.with(limit(9, "contoso", 10)));

        assertThat(decided.findings())
                .contains(expected(
                        edited, null, Rule.R13, "The warning ENVIRONMENT_LIMIT_NEAR: expected not open, found open."));
    }

    /// The fan-out that moves slots may not have ended.
    @Test
    void whoWaitsWhileASweepHasNotEndedIsNotVerifiable() {
        changeTenant(state -> state.with(limit(9, "contoso", 3)));
        log.putRow(
                Nodes.TENANTS,
                Bytes.wrap("\3contoso\0\0\0\0\0\0\0\0\1".getBytes(StandardCharsets.UTF_8)),
                StateCodec.FAN_OUTS.write(PendingFanOut.start(
                        new FanOut.OfQueue(CONTOSO),
                        new Trigger(new Cause("", "", day(9), "", 0, 0), day(9), List.of()))));

        Report report = harness.verify(log);

        assertThat(report.findings())
                .noneSatisfy(finding -> assertThat(finding.rule()).contains(Rule.R12));
        assertThat(report.unverifiable())
                .anySatisfy(left -> assertThat(left.sentence())
                        .startsWith("A fan-out that has not ended")
                        .contains("nobody to wait"));
    }

    private ConsumerRecord<byte[], byte[]> changeTenant(UnaryOperator<TenantState> change) {
        Bytes key = RowKeys.tenantState(CONTOSO);
        StateCodec<TenantState> codec = StateCodec.TENANTS;
        return log.putRow(
                Nodes.TENANTS,
                key,
                codec.write(change.apply(codec.read(log.rows(Nodes.TENANTS).get(key)))));
    }
}
