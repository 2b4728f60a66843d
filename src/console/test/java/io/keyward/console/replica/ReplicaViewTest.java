package io.keyward.console.replica;

import static io.keyward.domain.event.Component.CLOUD_FLOWS;
import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.changed;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.reported;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Caller;
import io.keyward.topology.Events;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicaViewTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final EnvironmentId HR = new EnvironmentId("hr");

    @TempDir
    private Path folder;

    private FilledReplica replica;

    @BeforeEach
    void open() {
        replica = FilledReplica.start(folder.resolve("replica"));
    }

    @AfterEach
    void close() {
        replica.close();
    }

    @Test
    void aViewShowsNothingThatCameAfterIt() {
        replica.given(clean(1, "contoso", "hr"));
        try (ReplicaView view = replica.view()) {
            replica.given(applied(2, "contoso", "hr", "k1"), clean(1, "contoso", "it"));
            assertThat(ids(view.environments(EnvironmentQuery.all(10)))).containsExactly("hr");
            assertThat(view.counts().states()).containsExactly(Map.entry(EncryptionState.MICROSOFT_MANAGED, 1L));
        }
    }

    @Test
    void aPageBeginsBehindItsCursorWhateverChangedInBetween() {
        replica.given(clean(1, "contoso", "a"), clean(1, "contoso", "c"), clean(1, "contoso", "e"));
        Page<EnvironmentRow> first = page(EnvironmentQuery.all(2));
        assertThat(ids(first)).containsExactly("a", "c");
        replica.given(
                clean(1, "contoso", "b"),
                clean(1, "contoso", "d"),
                changed(2, "contoso", "c", Lifecycle.PURGED, FlowInventory.EMPTY));
        assertThat(ids(page(after(first.next(), 10)))).containsExactly("d", "e");
    }

    @Test
    void aPageLooksAtALimitedNumberOfRowsAndGoesOnInTheNext() {
        int many = Listing.ROWS_PER_PAGE + 100;
        replica.given(IntStream.range(0, many)
                .mapToObj(i -> applied(1, "contoso", "e%05d".formatted(i), "k1"))
                .toList());
        replica.given(IntStream.range(0, many)
                .mapToObj(i -> clean(1, "contoso", "f%05d".formatted(i)))
                .toList());
        // As many have the key as no policy, and none has both.
        EnvironmentQuery query = new EnvironmentQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.of(PolicyStatus.NONE),
                Optional.empty(),
                Optional.of(Events.key("k1")),
                Optional.empty(),
                Optional.empty(),
                10);
        Page<EnvironmentRow> first = page(query);
        assertThat(first.entries()).isEmpty();
        assertThat(first.next()).isPresent();
        Page<EnvironmentRow> second = page(query.after(first.next()));
        assertThat(second.entries()).isEmpty();
        assertThat(second.next()).isEmpty();
    }

    @Test
    void anEnvironmentThatGetsAnotherNameIsOnOnePageOnly() {
        replica.given(clean(1, "contoso", "a1"), clean(1, "contoso", "a2"));
        Page<EnvironmentRow> first = page(named("A", Optional.empty()));
        assertThat(ids(first)).containsExactly("a1");
        replica.given(applied(2, "contoso", "a1", "k1"));
        assertThat(ids(page(named("A", first.next())))).containsExactly("a2");
    }

    @Test
    void aSearchSaysWhetherItHasLookedAtAll() {
        replica.given(clean(1, "contoso", "a1"), clean(1, "contoso", "a2"));
        List<String> found = new ArrayList<>();
        try (ReplicaView view = replica.view()) {
            SearchText text = SearchText.of("a");
            assertThat(view.eachNamed(
                            text,
                            2,
                            names -> found.add(names.environment().orElseThrow().value())))
                    .isTrue();
            assertThat(view.eachNamed(
                            text,
                            1,
                            names -> found.add(names.environment().orElseThrow().value())))
                    .isFalse();
        }
        assertThat(found).containsExactly("a1", "a2", "a1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "!", "ZGFiYw", "dGVzdA"})
    void textsThatAreNoCursorOfTheListAreRefused(String cursor) {
        replica.given(clean(1, "contoso", "hr"));
        try (ReplicaView view = replica.view()) {
            assertThatThrownBy(() -> view.environments(after(Optional.of(cursor), 1)))
                    .isInstanceOf(BadCursorException.class);
        }
    }

    @Test
    void theTimelineIsNewestFirstAndAPurgeRemovesIt() {
        replica.given(clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"), revoked(3, "contoso", "k1"));
        List<TimelineEntry> all = timeline(HR);
        assertThat(all)
                .hasSizeGreaterThan(5)
                .isSortedAccordingTo(Comparator.comparingLong(
                                (TimelineEntry entry) -> entry.output().timestamp())
                        .reversed());
        assertThat(all).extracting(entry -> key(entry.output())).contains("contoso/hr", "contoso/hr/KEY_REVOKED");
        replica.given(clean(1, "contoso", "it"));
        assertThat(timeline(HR)).hasSameSizeAs(all);
        replica.given(changed(4, "contoso", "hr", Lifecycle.PURGED, FlowInventory.EMPTY));
        assertThat(timeline(HR)).isEmpty();
        assertThat(timeline(new EnvironmentId("it"))).isNotEmpty();
    }

    @Test
    void entriesMuchOlderThanANewDecisionGo() {
        replica.given(clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));
        assertThat(timestamps(HR)).contains(Events.day(1), Events.day(2));
        replica.given(revoked(20, "contoso", "k1"));
        assertThat(timestamps(HR)).contains(Events.day(1), Events.day(2), Events.day(20));
        replica.given(revoked(20, "contoso", "k2"), clean(32, "contoso", "hr"));
        replica.given(changed(32, "contoso", "hr", Lifecycle.DELETED, FlowInventory.EMPTY));
        assertThat(timestamps(HR)).doesNotContain(Events.day(1)).contains(Events.day(2), Events.day(20));
    }

    @Test
    void warningsAboutATenantAreApart() {
        replica.given(IntStream.range(0, 20)
                .mapToObj(i -> clean(1, "contoso", "e" + i))
                .toList());
        replica.given(IntStream.range(0, 20)
                .mapToObj(i -> applied(2, "contoso", "e" + i, "k1"))
                .toList());
        try (ReplicaView view = replica.view()) {
            assertThat(view.timeline(CONTOSO, Optional.empty(), Optional.empty(), 10)
                            .entries())
                    .extracting(entry -> key(entry.output()))
                    .containsExactly("contoso//ENVIRONMENT_LIMIT_NEAR");
            assertThat(view.timeline(new TenantId("fabrikam"), Optional.empty(), Optional.empty(), 10)
                            .entries())
                    .isEmpty();
        }
    }

    @Test
    void whoseItemsAreReportedUnderAKeyUsesItThoughNoPolicyNamesIt() {
        replica.given(
                clean(1, "contoso", "a"),
                applied(2, "contoso", "a", "k1"),
                reported(3, "contoso", "b", "k1"),
                clean(1, "contoso", "c"),
                applied(2, "contoso", "c", "k1"),
                reported(3, "contoso", "c", "k1"),
                clean(1, "contoso", "d"),
                reported(3, "fabrikam", "a", "k1"));
        assertThat(users("k1")).containsExactly("contoso/a", "contoso/b", "contoso/c", "fabrikam/a");
        assertThat(users("k2")).isEmpty();
        assertThat(isReported("contoso", "k1")).isTrue();
        assertThat(isReported("fabrikam", "k1")).isTrue();
        assertThat(isReported("contoso", "k2")).isFalse();
        assertThat(isReported("conto", "k1")).isFalse();
    }

    @Test
    void aKeyIsLeftOnceNoLatestReportOfAnyPartCountsItemsUnderIt() {
        replica.given(
                reported(2, "contoso", "hr", CLOUD_FLOWS, "a", "k1"),
                reported(2, "contoso", "hr", CLOUD_FLOWS, "b", "k1"));
        replica.given(reported(3, "contoso", "hr", CLOUD_FLOWS, "a", "k2"));
        assertThat(users("k1")).containsExactly("contoso/hr");
        assertThat(users("k2")).containsExactly("contoso/hr");
        replica.given(reported(3, "contoso", "hr", CLOUD_FLOWS, "b", "k2"));
        assertThat(users("k1")).isEmpty();
        replica.given(changed(4, "contoso", "hr", Lifecycle.RESET, FlowInventory.EMPTY));
        assertThat(users("k2")).isEmpty();
        assertThat(isReported("contoso", "k2")).isFalse();
    }

    /// The changelogs of two stores are read one after the other.
    @Test
    void anEnvironmentOfWhichOnlyTheReportWasReadIsLeftOut() {
        String topic = FilledReplica.TOPICS.changelog(Nodes.ENFORCEMENT);
        try (FilledReplica other = FilledReplica.start(folder.resolve("other"))) {
            other.given(reported(2, "contoso", "hr", "k1"));
            List<ConsumerRecord<byte[], byte[]>> rows = new ArrayList<>();
            try (var stored = other.harness().store(Nodes.ENFORCEMENT).all()) {
                stored.forEachRemaining(
                        row -> rows.add(new ConsumerRecord<>(topic, 0, rows.size(), row.key.get(), row.value)));
            }
            replica.database().apply(rows, Map.of(new TopicPartition(topic, 0), (long) rows.size()));
        }
        assertThat(isReported("contoso", "k1")).isTrue();
        assertThat(users("k1")).isEmpty();
    }

    @Test
    void reportsOnAComponentThatIsNotKnownAreRefused() {
        String topic = FilledReplica.TOPICS.changelog(Nodes.ENFORCEMENT);
        ConsumerRecord<byte[], byte[]> row = new ConsumerRecord<>(
                topic, 0, 0, "contoso\0hr\0PAGES\0".getBytes(StandardCharsets.UTF_8), new byte[] {0});
        assertThatThrownBy(() -> replica.database().apply(List.of(row), Map.of(new TopicPartition(topic, 0), 1L)))
                .isInstanceOf(ReplicaException.class)
                .hasMessageContaining("offset 0 of " + topic)
                .hasMessageContaining("PAGES");
    }

    private List<String> users(String key) {
        List<String> users = new ArrayList<>();
        try (ReplicaView view = replica.view()) {
            view.eachUser(Events.key(key), row -> users.add(row.tenant() + "/" + row.environment()));
        }
        return users;
    }

    private boolean isReported(String tenant, String key) {
        try (ReplicaView view = replica.view()) {
            return view.isReported(new TenantId(tenant), Events.key(key));
        }
    }

    @Test
    void anUnfinishedFanOutMakesAnswersAboutItsTenantPreliminary() {
        replica.close();
        replica = FilledReplica.start(
                folder.resolve("swept"),
                RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow(),
                2);
        replica.given(IntStream.range(0, 5)
                .mapToObj(i -> clean(1, "contoso", "e" + i))
                .toList());
        replica.given(IntStream.range(0, 5)
                .mapToObj(i -> applied(2, "contoso", "e" + i, "k1"))
                .toList());
        replica.given(clean(1, "fabrikam", "it"), revoked(3, "contoso", "k1"));
        assertThat(missing(CONTOSO)).singleElement().asString().contains("still deciding");
        assertThat(missing(new TenantId("fabrikam"))).isEmpty();
        try (ReplicaView view = replica.view()) {
            assertThat(view.staleness().missing()).singleElement().asString().contains("still deciding");
        }
    }

    @Test
    void otherRulesThanOursAreReported() {
        replica.given(clean(1, "contoso", "hr"));
        assertThat(missing(CONTOSO)).isEmpty();
        replica.harness().store(Nodes.TENANTS).put(RowKeys.RULES_ROW, "others".getBytes(StandardCharsets.UTF_8));
        replica.follow();
        assertThat(missing(CONTOSO)).singleElement().asString().contains("other rules");
    }

    @Test
    void rowsAboutAPartitionOfTwoPartitionsDoNotMix() {
        String topic = FilledReplica.TOPICS.changelog(Nodes.TENANTS);
        List<ConsumerRecord<byte[], byte[]>> rules = new ArrayList<>();
        for (int partition = 0; partition < 2; partition++) {
            rules.add(new ConsumerRecord<>(
                    topic,
                    partition,
                    0,
                    RowKeys.RULES_ROW.get(),
                    ("rules" + partition).getBytes(StandardCharsets.UTF_8)));
        }
        replica.database().apply(rules, Map.of(new TopicPartition(topic, 0), 1L, new TopicPartition(topic, 1), 1L));
        try (ReplicaView view = replica.view()) {
            assertThat(IntStream.range(0, 20)
                            .mapToObj(i -> view.store(Nodes.TENANTS, new TenantId("t" + i))
                                    .get(RowKeys.RULES_ROW))
                            .map(row -> new String(row, StandardCharsets.UTF_8)))
                    .contains("rules0", "rules1");
        }
    }

    @Test
    void aDatabaseIsOpenedAgainAsItWas() {
        replica.given(clean(1, "contoso", "hr"));
        replica.database().close();
        try (ReplicaDatabase again = again();
                ReplicaView view = again.view(Caller.ANYBODY, ClusterProgress.NONE)) {
            assertThat(view.counts().decided()).isOne();
            assertThat(again.positions()).containsEntry(decisions(), 1L);
        }
    }

    @Test
    void aDatabaseInAnotherFormatIsRebuilt() throws Exception {
        replica.given(clean(1, "contoso", "hr"));
        replica.database().close();
        try (OpenDatabase other = OpenDatabase.open(settings())) {
            other.rocks().put(Meta.FORM_KEY, new byte[] {99});
        }
        try (ReplicaDatabase again = again();
                ReplicaView view = again.view(Caller.ANYBODY, ClusterProgress.NONE)) {
            assertThat(view.counts().decided()).isZero();
            assertThat(again.positions()).isEmpty();
        }
    }

    @Test
    void aReaderOfAFewTenantsWalksOnlyTheirPartsOfTheIndexOfDueDates() throws Exception {
        replica.given(clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"), revoked(15, "contoso", "k1"));
        replica.database().close();
        try (OpenDatabase open = OpenDatabase.open(settings())) {
            open.rocks().deleteRange(new byte[] {Table.DUE.code()}, new byte[] {Table.TENANT_DUE.code()});
        }
        Caller few = new Caller("few", Optional.of(Set.of(CONTOSO, new TenantId("fabrikam"))));
        DeadlineQuery all =
                new DeadlineQuery(Optional.empty(), Optional.empty(), Instant.MIN, Instant.MAX, Optional.empty(), 10);
        try (ReplicaDatabase again = again();
                ReplicaView view = again.view(few, ClusterProgress.NONE);
                ReplicaView whole = again.view(Caller.ANYBODY, ClusterProgress.NONE)) {
            assertThat(view.deadlines(all).entries()).isNotEmpty();
            assertThat(whole.deadlines(all).entries()).isEmpty();
        }
    }

    @Test
    void aFolderInUseIsNamed() {
        assertThatThrownBy(this::again)
                .isInstanceOf(ReplicaException.class)
                .hasMessageContaining(folder.resolve("replica").toString());
    }

    @Test
    void aViewStaysUsableWhileTheDatabaseIsClearedOrClosed() {
        replica.given(clean(1, "contoso", "hr"));
        try (ReplicaView view = replica.view()) {
            replica.database().clear(Instant.now());
            try (ReplicaView after = replica.view()) {
                assertThat(after.environments(EnvironmentQuery.all(1)).entries())
                        .isEmpty();
                assertThat(after.counts().decided()).isZero();
                assertThat(after.staleness().missing()).containsExactly(StalenessCalculator.BEING_BUILT);
            }
            replica.database().close();
            assertThat(ids(view.environments(EnvironmentQuery.all(1)))).containsExactly("hr");
        }
        assertThatThrownBy(replica::view).isInstanceOf(IllegalStateException.class);
    }

    private ReplicaDatabase again() {
        return ReplicaDatabase.open(FilledReplica.TOPICS, settings());
    }

    private DatabaseSettings settings() {
        return new DatabaseSettings(folder.resolve("replica"), 16 << 20, DatabaseSettings.TIMELINE_KEPT, "");
    }

    private static TopicPartition decisions() {
        return new TopicPartition(FilledReplica.TOPICS.names().decisions(), 0);
    }

    private Page<EnvironmentRow> page(EnvironmentQuery query) {
        try (ReplicaView view = replica.view()) {
            return view.environments(query);
        }
    }

    private static EnvironmentQuery after(Optional<String> cursor, int limit) {
        return new EnvironmentQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                cursor,
                limit);
    }

    private static EnvironmentQuery named(String text, Optional<String> after) {
        return new EnvironmentQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(text),
                after,
                1);
    }

    private static List<String> ids(Page<EnvironmentRow> page) {
        return page.entries().stream().map(row -> row.environment().value()).toList();
    }

    private List<TimelineEntry> timeline(EnvironmentId environment) {
        List<TimelineEntry> entries = new ArrayList<>();
        Optional<String> before = Optional.empty();
        try (ReplicaView view = replica.view()) {
            do {
                Page<TimelineEntry> page = view.timeline(CONTOSO, Optional.of(environment), before, 2);
                entries.addAll(page.entries());
                before = page.next();
            } while (before.isPresent());
        }
        return entries;
    }

    private List<Instant> timestamps(EnvironmentId environment) {
        return timeline(environment).stream()
                .map(entry -> Instant.ofEpochMilli(entry.output().timestamp()))
                .toList();
    }

    private static String key(ConsumerRecord<byte[], byte[]> output) {
        return new String(output.key(), StandardCharsets.UTF_8);
    }

    private List<String> missing(TenantId tenant) {
        try (ReplicaView view = replica.view()) {
            return view.staleness(tenant).missing();
        }
    }
}
