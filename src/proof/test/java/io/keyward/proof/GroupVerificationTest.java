package io.keyward.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.keyward.avro.state.StateCodec;
import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.domain.Decider;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.Profiles;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/// How the rounds of two partitions go, each with a tenant that has one environment, of which nothing is known.
class GroupVerificationTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final EnvironmentId HR = new EnvironmentId("hr");
    private static final TenantId FIRST = tenant(0);
    private static final TenantId SECOND = tenant(1);

    private final Subject subject = new Subject(
            Map.of(), InMemoryLog.APPLICATION, TopologyHarness.NAMES, Profiles.SEED, new InMemorySchemaRegistry());
    private final TopicLayout layout = new TopicLayout(
            2, Map.of(Topic.ENCRYPTION_DECISIONS, 2, Topic.WARNINGS, 2, Topic.ANALYTICS_SUPPRESSIONS, 2));
    private final InMemoryLog log = new InMemoryLog();

    GroupVerificationTest() {
        for (TenantId tenant : List.of(FIRST, SECOND)) {
            put(Nodes.DEADLINES, partitionOf(tenant), RowKeys.FILLED_ROW, new byte[0]);
            put(
                    Nodes.ENVIRONMENTS,
                    partitionOf(tenant),
                    RowKeys.environment(tenant, HR),
                    StateCodec.ENVIRONMENTS.write(EnvironmentState.NONE));
        }
    }

    @Test
    void twoPartitionsThatAreRightHold() {
        noteRules(FIRST);
        noteRules(SECOND);
        Report report = verify(LONG);
        assertThat(report.holds()).isTrue();
        assertThat(report.environments()).isEqualTo(2);
        assertThat(report.tenants()).isEqualTo(2);
    }

    @Test
    void whatIsWrongIsNamedOnItsTenantsPartition() {
        noteRules(FIRST);
        noteRules(SECOND);
        makeUpUsage(SECOND);
        makeUpUsage(FIRST);
        assertThat(verify(Duration.ZERO).findings())
                .extracting(finding -> finding.tenant().orElseThrow(), ProofFinding::partition)
                .containsExactlyInAnyOrder(tuple(FIRST, 0), tuple(SECOND, 1));
    }

    @Test
    void aPartitionThatOtherRulesDecidedIsGivenUpAndTheOthersAreVerified() {
        noteRules(SECOND);
        makeUpUsage(FIRST);
        makeUpUsage(SECOND);
        Report report = verify(LONG);
        assertThat(report.unverifiable())
                .singleElement()
                .satisfies(left -> assertThat(left.partition()).isZero());
        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.tenant()).contains(SECOND));
    }

    /// The rules are part of a transaction that the first round shows in part.
    @Test
    void aPartitionWhoseRulesAreSeenInTheSecondRoundIsVerifiedFromThereOn() {
        noteRules(SECOND);
        log.beforeNextRound(() -> noteRules(FIRST));
        assertThat(verify(Duration.ZERO).holds()).isTrue();
    }

    @Test
    void whatIsWrongInAPartitionWhoseRulesAreSeenLaterIsFound() {
        noteRules(SECOND);
        makeUpUsage(FIRST);
        log.beforeNextRound(() -> noteRules(FIRST));
        Report report = verify(LONG);
        assertThat(report.unverifiable()).isEmpty();
        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.tenant()).contains(FIRST));
    }

    @Test
    void whatKeepsChangingIsReadAgainUntilItComesRight() {
        noteRules(FIRST);
        noteRules(SECOND);
        makeUpUsage(FIRST);
        log.beforeNextRound(() -> makeUpUsage(FIRST))
                .beforeNextRound(() -> makeUpUsage(FIRST))
                .beforeNextRound(() -> put(Nodes.KEY_USAGE, partitionOf(FIRST), usage(FIRST), null));
        assertThat(verify(LONG).holds()).isTrue();
    }

    /// It is written after it was verified, by a transaction that a later round shows in part.
    @Test
    void whatWasRightInTheFirstRoundIsNotJudgedAgain() {
        noteRules(FIRST);
        noteRules(SECOND);
        makeUpUsage(FIRST);
        log.beforeNextRound(() -> makeUpUsage(SECOND));
        assertThat(verify(LONG).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.tenant()).contains(FIRST));
    }

    /// A tenant's partitions of all topics are in one group.
    @Test
    void aGroupHoldsEveryPartitionOfItsTenants() {
        TopicLayout uneven = new TopicLayout(
                6, Map.of(Topic.ENCRYPTION_DECISIONS, 4, Topic.WARNINGS, 2, Topic.ANALYTICS_SUPPRESSIONS, 8));
        assertThat(uneven.groups()).isEqualTo(2);
        assertThat(new TopicLayout(
                                6,
                                Map.of(
                                        Topic.ENCRYPTION_DECISIONS,
                                        6,
                                        Topic.WARNINGS,
                                        6,
                                        Topic.ANALYTICS_SUPPRESSIONS,
                                        3))
                        .groups())
                .isEqualTo(3);
        for (int group = 0; group < 2; group++) {
            int first = group;
            List<TopicPartition> partitions = uneven.partitions(group, subject);
            assertThat(partitions)
                    .contains(
                            new TopicPartition("keyward-test-keys-changelog", group + 4),
                            new TopicPartition("cmk.encryption-decisions", group + 2),
                            new TopicPartition("cmk.warnings", group),
                            new TopicPartition("cmk.analytics-suppressions", group + 6))
                    .allSatisfy(
                            partition -> assertThat(partition.partition() % 2).isEqualTo(first));
            assertThat(partitions).hasSize(3 * 6 + 2 + 1 + 4);
        }
    }

    @Test
    void theReportsOfGroupsAreAddedUp() {
        ProofFinding finding = new ProofFinding(
                "topic", 0, 7, Optional.empty(), Optional.empty(), new Deviation(Optional.empty(), "Wrong."));
        Unverifiable left = new Unverifiable("topic", 0, Optional.empty(), Optional.empty(), "Unknown.");
        Report right = new Report(1, 2, 3, 4, List.of(), List.of(), 0);
        assertThat(Report.joined(List.of(right, new Report(10, 20, 30, 40, List.of(finding), List.of(left), 5))))
                .isEqualTo(new Report(11, 22, 33, 44, List.of(finding), List.of(left), 5));
        assertThat(right.holds()).isTrue();
        assertThat(new Report(1, 2, 3, 4, List.of(finding), List.of(), 0).holds())
                .isFalse();
        assertThat(new Report(1, 2, 3, 4, List.of(), List.of(left), 0).holds()).isFalse();
        assertThat(new Report(1, 2, 3, 4, List.of(), List.of(), 1).holds()).isFalse();
    }

    private Report verify(Duration patience) {
        return new GroupVerification(subject, layout, patience).verify(log);
    }

    private void noteRules(TenantId tenant) {
        put(
                Nodes.TENANTS,
                partitionOf(tenant),
                RowKeys.RULES_ROW,
                Decider.rulesOf(Profiles.SEED).getBytes(StandardCharsets.UTF_8));
    }

    /// Each time it is another record.
    private void makeUpUsage(TenantId tenant) {
        put(Nodes.KEY_USAGE, partitionOf(tenant), usage(tenant), new byte[0]);
    }

    private static Bytes usage(TenantId tenant) {
        return RowKeys.usage(tenant, new KeyId("https://vault.example", "k1"), HR);
    }

    private void put(String store, int partition, Bytes key, byte[] value) {
        log.append(InMemoryLog.changelog(store), partition, key.get(), value);
    }

    private static int partitionOf(TenantId tenant) {
        return TenantPartitioner.partitionOf(tenant.value(), 2);
    }

    private static TenantId tenant(int owningPartition) {
        return Stream.iterate(0, number -> number + 1)
                .map(number -> new TenantId("tenant-" + number))
                .filter(tenant -> partitionOf(tenant) == owningPartition)
                .findFirst()
                .orElseThrow();
    }
}
