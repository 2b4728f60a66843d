package io.keyward.console.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.EventHistories;
import io.keyward.domain.Facts;
import io.keyward.domain.Profiles;
import io.keyward.domain.ReportHistories;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Caller;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import io.keyward.topology.store.TenantReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// Every answer from the indexes equals a scan of all rows, after any history.
class ReplicaQueriesTest {
    private Path folder;
    private FilledReplica replica;

    @BeforeTry
    void open() throws IOException {
        folder = Files.createTempDirectory("replica");
        replica = FilledReplica.start(folder, Profiles.REPORT);
    }

    @AfterTry
    void close() throws IOException {
        replica.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Provide
    Arbitrary<List<Event>> histories() {
        return EventHistories.of(EventHistories.ALL, 60);
    }

    @Provide
    Arbitrary<List<Event>> reported() {
        return ReportHistories.of(EventHistories.ALL, 30);
    }

    @Provide
    Arbitrary<EnvironmentQuery> queries() {
        return Combinators.combine(
                        Arbitraries.of("contoso", "fabrikam").map(TenantId::new).optional(0.3),
                        Arbitraries.of(EncryptionState.class).optional(0.3),
                        Arbitraries.of(PolicyStatus.class).optional(0.3),
                        Arbitraries.of(WarningCode.class).optional(0.3),
                        Arbitraries.of("k1", "k2", "k3").map(Facts::key).optional(0.3),
                        Arbitraries.of("c", "ONTO", "e", "2", "fabrikam", "x", " ", "k1", "p1", "vault")
                                .optional(0.3),
                        Arbitraries.integers().between(1, 3))
                .as((tenant, state, status, warning, key, text, limit) ->
                        new EnvironmentQuery(tenant, state, status, warning, key, text, Optional.empty(), limit));
    }

    @Property(tries = 60)
    void pagesShowWhatTheRowsSay(
            @ForAll("histories") List<Event> before,
            @ForAll("histories") List<Event> after,
            @ForAll("queries") EnvironmentQuery one,
            @ForAll("queries") EnvironmentQuery other) {
        replica.given(before).given(after);
        List<EnvironmentRow> all = all();
        try (ReplicaView view = replica.view()) {
            for (EnvironmentQuery query : List.of(one, other, EnvironmentQuery.all(2))) {
                assertThat(everyEnvironment(view, query))
                        .as(query.toString())
                        .containsExactlyInAnyOrderElementsOf(
                                all.stream().filter(row -> matches(row, query)).toList());
            }
            assertThat(everyEnvironment(view, EnvironmentQuery.all(1)))
                    .containsExactlyElementsOf(
                            all.stream().filter(ReplicaQueriesTest::decided).toList());
            assertThat(view.counts()).isEqualTo(counts(all));
        }
    }

    @Property(tries = 40)
    void dueDatesAreThoseOfTheRows(@ForAll("histories") List<Event> history) {
        replica.given(history);
        List<Deadline> expected = new ArrayList<>(
                all().stream().flatMap(row -> row.deadlines().stream()).toList());
        List<Deadline> expiries = expiries();
        expected.removeIf(date -> date.kind() == Deadline.Kind.DECISION
                && expiries.stream()
                        .anyMatch(expiry -> expiry.at().equals(date.at())
                                && expiry.tenantId().equals(date.tenantId())
                                && expiry.key()
                                        .map(KeyReference::key)
                                        .equals(date.key().map(KeyReference::key))));
        expiries.stream().filter(this::isInForceSomewhere).forEach(expected::add);
        Instant from = Facts.day(10).plusSeconds(7);
        Instant before = Facts.day(40).plusSeconds(7);
        try (ReplicaView view = replica.view()) {
            assertThat(everyDeadline(view, everything())).isEqualTo(groups(expected));
            Set<TenantId> few = Set.of(Facts.CONTOSO, new TenantId("fabrikam"), new TenantId("nobody"));
            try (ReplicaView ofFew = replica.view(new Caller("reader of a few", Optional.of(few)))) {
                assertThat(everyDeadline(ofFew, everything()))
                        .isEqualTo(groups(expected.stream()
                                .filter(date -> few.contains(date.tenantId()))
                                .toList()));
            }
            for (Deadline.Kind kind : Deadline.Kind.values()) {
                DeadlineQuery query = new DeadlineQuery(
                        Optional.of(Facts.CONTOSO), Optional.of(kind), from, before, Optional.empty(), 2);
                assertThat(everyDeadline(view, query))
                        .isEqualTo(groups(expected.stream()
                                .filter(date -> date.tenantId().equals(Facts.CONTOSO) && date.kind() == kind)
                                .filter(date ->
                                        !date.at().isBefore(from) && date.at().isBefore(before))
                                .toList()));
            }
        }
    }

    private static DeadlineQuery everything() {
        return new DeadlineQuery(Optional.empty(), Optional.empty(), Instant.MIN, Instant.MAX, Optional.empty(), 2);
    }

    /// Ends of retention by tenant, key and day, every other date alone.
    private static List<DeadlineGroup> groups(List<Deadline> dates) {
        Comparator<Deadline> order = Comparator.comparing(Deadline::kind)
                .thenComparing(date -> DeadlineRows.slot(date.kind(), date.at()))
                .thenComparing(date -> date.tenantId().value())
                .thenComparing(date -> date.key().map(ReplicaQueriesTest::text).orElse(""))
                .thenComparing(Deadline::at)
                .thenComparing(
                        date -> date.environmentId().map(EnvironmentId::value).orElse(""));
        Map<Object, List<Deadline>> grouped = dates.stream()
                .sorted(order)
                .collect(Collectors.groupingBy(
                        date -> date.kind() == Deadline.Kind.RETENTION_END
                                ? List.of(date.tenantId(), date.key(), DeadlineRows.slot(date.kind(), date.at()))
                                : date,
                        LinkedHashMap::new,
                        Collectors.toList()));
        return grouped.values().stream()
                .map(group -> DeadlineGroup.of(
                        group.stream().limit(DeadlineGroup.NAMED).toList(), group.getLast(), group.size()))
                .toList();
    }

    private static String text(KeyReference key) {
        return key.key().vaultUri() + " " + key.key().keyName() + " "
                + key.version().map(KeyVersion::value).orElse("");
    }

    @Property(tries = 40)
    void lockedEnvironmentsAreThoseOfTheRows(@ForAll("histories") List<Event> history) {
        replica.given(history);
        Map<LockedKeys.LockedKey, List<EnvironmentRow>> expected = new LinkedHashMap<>();
        all().stream()
                .filter(row -> decision(row).map(Decision::encryptionState).equals(Optional.of(EncryptionState.LOCKED)))
                .sorted(Comparator.comparing(ReplicaQueriesTest::deletion)
                        .thenComparing(row -> row.environment().value()))
                .collect(Collectors.groupingBy(row -> List.of(
                        row.tenant(),
                        decision(row).flatMap(Decision::key).orElseThrow().key())))
                .forEach((key, rows) -> expected.put(
                        new LockedKeys.LockedKey(
                                (TenantId) key.getFirst(),
                                (KeyId) key.getLast(),
                                rows.size(),
                                decision(rows.getFirst()).flatMap(Decision::expectedDeletionAt)),
                        rows));
        try (ReplicaView view = replica.view()) {
            List<LockedKeys.LockedKey> keys = everyPage(after -> {
                LockedKeys found = view.lockedKeys(Optional.empty(), after, 1);
                assertThat(found.keys()).isEqualTo(expected.size());
                assertThat(found.environments())
                        .isEqualTo(
                                expected.values().stream().mapToLong(List::size).sum());
                return found.page();
            });
            assertThat(keys)
                    .containsExactlyInAnyOrderElementsOf(expected.keySet())
                    .isSortedAccordingTo(
                            Comparator.comparing(key -> key.firstDeletionAt().orElse(Instant.MAX)));
            expected.forEach((key, rows) -> assertThat(everyPage(
                            after -> view.locked(Optional.of(key.tenantId()), Optional.of(key.key()), after, 2)))
                    .isEqualTo(rows));
            assertThat(everyPage(after -> view.locked(Optional.of(Facts.CONTOSO), Optional.empty(), after, 2)))
                    .containsExactlyInAnyOrderElementsOf(expected.values().stream()
                            .flatMap(List::stream)
                            .filter(row -> row.tenant().equals(Facts.CONTOSO))
                            .toList());
        }
    }

    private static Optional<Decision> decision(EnvironmentRow row) {
        return row.state().published().decision();
    }

    private static Instant deletion(EnvironmentRow row) {
        return decision(row).flatMap(Decision::expectedDeletionAt).orElse(Instant.MAX);
    }

    /// All of a user's state that totals over the users of a key count.
    private static List<Object> counted(EnvironmentState state) {
        Published published = state.published();
        return List.of(
                state.facts().reported(),
                published.sinkNames(),
                published
                        .decision()
                        .map(decision -> List.of(
                                decision.encryptionState(),
                                decision.policyStatus(),
                                decision.key(),
                                decision.components(),
                                decision.retainUntil(),
                                decision.enforcement().entrySet().stream()
                                        .collect(Collectors.toMap(
                                                Map.Entry::getKey,
                                                entry -> entry.getValue().status())))));
    }

    @Property(tries = 40)
    void usersOfAKeyAreThoseOfTheRows(@ForAll("reported") List<Event> before, @ForAll("reported") List<Event> after) {
        replica.given(before).given(after);
        try (ReplicaView view = replica.view()) {
            for (KeyId key : List.of(Facts.key("k1"), Facts.key("k2"), Facts.key("k9"))) {
                List<EnvironmentRow> users = new ArrayList<>();
                view.eachUser(key, user -> {
                    KeyUser expected = KeyUser.of(user.row(), key);
                    assertThat(user.applied()).isEqualTo(expected.applied());
                    assertThat(user.summary()).isEqualTo(expected.summary());
                    assertThat(counted(user.summary()))
                            .isEqualTo(counted(user.row().state()));
                    users.add(user.row());
                });
                assertThat(users)
                        .containsExactlyElementsOf(all().stream()
                                .filter(row -> row.state().facts().keys().contains(key) || isReported(row, key))
                                .toList());
                for (TenantId tenant : List.of(Facts.CONTOSO, new TenantId("fabrikam"))) {
                    assertThat(view.isReported(tenant, key))
                            .isEqualTo(all().stream()
                                    .anyMatch(row -> row.tenant().equals(tenant) && isReported(row, key)));
                }
            }
        }
    }

    private boolean isReported(EnvironmentRow row, KeyId key) {
        return new TenantReader(row.tenant(), replica.harness()::store)
                .reports(row.environment(), row.state().facts()).components().values().stream()
                        .flatMap(component -> component.parts().values().stream())
                        .flatMap(part -> part.latest().report().items().stream())
                        .flatMap(items -> items.key().stream())
                        .anyMatch(reference -> reference.key().equals(key));
    }

    @Property(tries = 20)
    void theStoresOfATenantHoldItsRowsAndThoseOfItsPartition(@ForAll("histories") List<Event> history) {
        replica.given(history);
        try (ReplicaView view = replica.view()) {
            for (String store : KeywardTopology.stores()) {
                for (String tenant : List.of("contoso", "fabrikam", "unknown")) {
                    TenantId id = new TenantId(tenant);
                    List<KeyValue<Bytes, Bytes>> expected = rows(
                                    replica.harness().store(store))
                            .stream()
                            .filter(row -> RowKeys.tenant(store, row.key)
                                    .filter(owner -> !owner.equals(id))
                                    .isEmpty())
                            .toList();
                    KeyValueStore<Bytes, byte[]> seen = view.store(store, id);
                    assertThat(rows(seen)).isEqualTo(expected);
                    assertThat(rows(seen.reverseAll())).isEqualTo(expected.reversed());
                    expected.forEach(row -> assertThat(seen.get(row.key)).isEqualTo(row.value.get()));
                    if (expected.size() > 2) {
                        Bytes from = expected.get(1).key;
                        Bytes to = expected.get(expected.size() - 2).key;
                        assertThat(rows(seen.range(from, to)))
                                .isEqualTo(expected.subList(1, Math.max(1, expected.size() - 1)));
                    }
                }
            }
        }
    }

    private static <T> List<T> everyPage(Function<Optional<String>, Page<T>> pages) {
        List<T> all = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Page<T> page = pages.apply(after);
            all.addAll(page.entries());
            after = page.next();
        } while (after.isPresent());
        return all;
    }

    private static List<EnvironmentRow> everyEnvironment(ReplicaView view, EnvironmentQuery query) {
        return everyPage(after -> view.environments(new EnvironmentQuery(
                query.tenant(),
                query.state(),
                query.status(),
                query.warning(),
                query.key(),
                query.text(),
                after,
                query.limit())));
    }

    private static List<DeadlineGroup> everyDeadline(ReplicaView view, DeadlineQuery query) {
        return everyPage(after -> view.deadlines(
                new DeadlineQuery(query.tenant(), query.kind(), query.from(), query.before(), after, query.limit())));
    }

    private List<EnvironmentRow> all() {
        StateCodec<EnvironmentState> codec = StateCodec.ENVIRONMENTS;
        return rows(replica.harness().store(Nodes.ENVIRONMENTS)).stream()
                .map(row -> new EnvironmentRow(
                        RowKeys.tenant(Nodes.ENVIRONMENTS, row.key).orElseThrow(),
                        RowKeys.environment(row.key),
                        codec.read(row.value.get())))
                .toList();
    }

    private List<Deadline> expiries() {
        StateCodec<KeyFacts> codec = StateCodec.KEYS;
        List<Deadline> expiries = new ArrayList<>();
        rows(replica.harness().store(Nodes.KEYS))
                .forEach(row -> codec.read(row.value.get())
                        .expiries()
                        .forEach(expiry -> expiries.add(new Deadline(
                                expiry.expiresAt(),
                                Deadline.Kind.KEY_EXPIRY,
                                RowKeys.tenant(Nodes.KEYS, row.key).orElseThrow(),
                                Optional.empty(),
                                Optional.of(new KeyReference(RowKeys.key(row.key), Optional.of(expiry.version())))))));
        return expiries;
    }

    private boolean isInForceSomewhere(Deadline expiry) {
        KeyReference version = expiry.key().orElseThrow();
        return all().stream()
                .filter(row -> row.tenant().equals(expiry.tenantId()))
                .flatMap(row -> row.state().published().decision().flatMap(Decision::key).stream())
                .anyMatch(key -> key.equals(version) || key.equals(version.wholeKey()));
    }

    private static boolean decided(EnvironmentRow row) {
        return row.state().published().decision().isPresent();
    }

    private static boolean matches(EnvironmentRow row, EnvironmentQuery query) {
        Optional<Decision> decision = row.state().published().decision();
        String text = query.text().orElse("").strip().toLowerCase(Locale.ROOT);
        return decision.isPresent()
                && query.tenant().filter(wanted -> !wanted.equals(row.tenant())).isEmpty()
                && query.state()
                        .filter(wanted -> wanted != decision.get().encryptionState())
                        .isEmpty()
                && query.status()
                        .filter(wanted -> wanted != decision.get().policyStatus())
                        .isEmpty()
                && query.warning()
                        .filter(wanted -> !openWarnings(row).contains(wanted))
                        .isEmpty()
                && query.key()
                        .filter(wanted -> !row.state().facts().keys().contains(wanted))
                        .isEmpty()
                && names(row, decision.get()).anyMatch(name -> name.contains(text));
    }

    private static Stream<String> names(EnvironmentRow row, Decision decision) {
        return Stream.of(
                        Stream.of(row.tenant().value(), row.environment().value()),
                        decision.policyId().map(PolicyId::value).stream(),
                        row.state().facts().displayName().stream(),
                        row.state().facts().keys().stream().flatMap(key -> Stream.of(key.vaultUri(), key.keyName())))
                .flatMap(Function.identity())
                .map(name -> name.toLowerCase(Locale.ROOT));
    }

    private static Set<WarningCode> openWarnings(EnvironmentRow row) {
        return row.state().published().warnings().entrySet().stream()
                .filter(warning -> warning.getValue().isPresent())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static EnvironmentCounts counts(List<EnvironmentRow> all) {
        List<Decision> decisions = all.stream()
                .flatMap(row -> row.state().published().decision().stream())
                .toList();
        return new EnvironmentCounts(
                decisions.size(),
                counted(decisions.stream().map(Decision::encryptionState)),
                counted(decisions.stream().map(Decision::policyStatus)),
                all.stream()
                        .filter(ReplicaQueriesTest::decided)
                        .flatMap(row -> row.state().published().warnings().entrySet().stream())
                        .filter(warning -> warning.getValue().isPresent())
                        .collect(Collectors.groupingBy(
                                Map.Entry::getKey,
                                Collectors.groupingBy(
                                        warning -> warning.getValue().get().severity(), Collectors.counting()))),
                counted(all.stream()
                        .filter(ReplicaQueriesTest::decided)
                        .flatMap(row -> row.state().published().warnings().entrySet().stream())
                        .filter(warning -> EnvironmentRow.OF_COMPONENTS.contains(warning.getKey()))
                        .flatMap(warning -> warning.getValue().stream()
                                .flatMap(open -> open.subjects().stream().map(_ -> warning.getKey())))));
    }

    private static <T> Map<T, Long> counted(Stream<T> values) {
        return values.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static List<KeyValue<Bytes, Bytes>> rows(KeyValueStore<Bytes, byte[]> store) {
        return rows(store.all());
    }

    private static List<KeyValue<Bytes, Bytes>> rows(KeyValueIterator<Bytes, byte[]> found) {
        List<KeyValue<Bytes, Bytes>> rows = new ArrayList<>();
        try (found) {
            found.forEachRemaining(row -> rows.add(KeyValue.pair(row.key, Bytes.wrap(row.value))));
        }
        return rows;
    }
}
