package io.keyward.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.FanOut;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineStoreTest {
    private static final Instant END_OF_TIME = Instant.ofEpochMilli(Long.MAX_VALUE);
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final TenantId FABRIKAM = new TenantId("fabrikam");
    private static final Optional<FanOut.Deadline> START = Optional.empty();

    private final KeyValueStore<Bytes, byte[]> rows = TestStores.named("deadlines");
    private final DeadlineStore store = new DeadlineStore(rows);

    @Test
    void whatIsDueComesInOrderOfTimeOverAllTenantsAndEachMomentOnce() {
        put(FABRIKAM, "a", 3);
        put(CONTOSO, "b", 2);
        put(CONTOSO, "c", 2);
        put(CONTOSO, "d", 1);
        put(CONTOSO, "e", 4);

        assertThat(store.dueBy(day(3), 10)).containsExactly(due(1, CONTOSO), due(2, CONTOSO), due(3, FABRIKAM));
        assertThat(store.dueBy(day(3), 2)).containsExactly(due(1, CONTOSO), due(2, CONTOSO));
        assertThat(store.dueBy(day(0), 10)).isEmpty();
    }

    @Test
    void theDeadlinesOfATenantComeInOrderAfterTheOneNamed() {
        put(FABRIKAM, "a", 1);
        put(CONTOSO, "b", 2);
        put(CONTOSO, "c", 2);
        put(CONTOSO, "d", 1);
        put(CONTOSO, "e", 4);

        assertThat(store.ofTenant(CONTOSO, day(3), START, 10))
                .containsExactly(deadline(1, "d"), deadline(2, "b"), deadline(2, "c"));
        assertThat(store.ofTenant(CONTOSO, day(3), Optional.of(deadline(2, "b")), 10))
                .containsExactly(deadline(2, "c"));
        assertThat(store.ofTenant(CONTOSO, day(4), START, 1)).containsExactly(deadline(1, "d"));
    }

    /// Those of one moment lie before and after the tenant's own.
    @Test
    void theDeadlinesOfOtherTenantsAreNotAmongThem() {
        for (int day = 1; day <= 3; day++) {
            put(new TenantId("adatum"), "a", day);
            put(new TenantId("tailspin"), "a", day);
        }
        put(CONTOSO, "b", 2);
        put(CONTOSO, "c", 3);

        assertThat(store.ofTenant(CONTOSO, day(2), START, 10)).containsExactly(deadline(2, "b"));
        assertThat(store.ofTenant(CONTOSO, END_OF_TIME, START, 10)).containsExactly(deadline(2, "b"), deadline(3, "c"));
        assertThat(store.ofTenant(FABRIKAM, END_OF_TIME, START, 10)).isEmpty();
    }

    @Test
    void aMovedDeadlineIsDueAtItsNewTimeOnly() {
        put(CONTOSO, "a", 2);
        assertThat(store.dueBy(day(1), 10)).isEmpty();

        store.move(CONTOSO, environment("a"), Optional.of(day(2)), Optional.of(day(1)));
        assertThat(store.dueBy(day(3), 10)).containsExactly(due(1, CONTOSO));

        store.move(CONTOSO, environment("a"), Optional.of(day(1)), Optional.empty());
        assertThat(store.dueBy(day(3), 10)).isEmpty();
        assertThat(rows.approximateNumEntries()).isZero();
    }

    @Test
    void aTenantWhoseNameBeginsLikeAnothersIsAnother() {
        put(new TenantId("con"), "a", 1);
        put(CONTOSO, "b", 2);

        assertThat(store.ofTenant(new TenantId("con"), day(9), START, 10)).containsExactly(deadline(1, "a"));
        assertThat(store.dueBy(day(9), 10)).containsExactly(due(1, new TenantId("con")), due(2, CONTOSO));
    }

    @Test
    void timesBeforeTheEpochComeFirst() {
        store.move(CONTOSO, environment("a"), Optional.empty(), Optional.of(Instant.ofEpochMilli(Long.MIN_VALUE)));
        store.move(CONTOSO, environment("b"), Optional.empty(), Optional.of(Instant.ofEpochMilli(-1)));
        store.move(CONTOSO, environment("c"), Optional.empty(), Optional.of(END_OF_TIME));

        assertThat(store.dueBy(Instant.EPOCH, 10))
                .extracting(DeadlineStore.Entry::at)
                .containsExactly(Instant.ofEpochMilli(Long.MIN_VALUE), Instant.ofEpochMilli(-1));
        assertThat(store.ofTenant(CONTOSO, END_OF_TIME, START, 10)).hasSize(3);
    }

    @Test
    void theMarkerOfBeingFilledIsNotADeadline() {
        assertThat(store.isFilled()).isFalse();
        store.setFilled();
        assertThat(store.isFilled()).isTrue();
        put(CONTOSO, "a", 1);
        assertThat(store.dueBy(day(9), 10)).containsExactly(due(1, CONTOSO));
        assertThat(store.ofTenant(CONTOSO, day(9), START, 10)).containsExactly(deadline(1, "a"));
    }

    /// Against a plain map, through random moves and questions; also with what another instance has left behind.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void itAnswersLikeAPlainMap(long seed) {
        Random random = new Random(seed);
        Map<String, Instant> plain = new HashMap<>();
        DeadlineStore deadlines = store;
        for (int step = 0; step < 2_000; step++) {
            TenantId tenant = random.nextBoolean() ? CONTOSO : FABRIKAM;
            String environment = "e" + random.nextInt(20);
            Optional<Instant> after = random.nextInt(3) == 0 ? Optional.empty() : Optional.of(day(random.nextInt(28)));
            String key = tenant + "/" + environment;
            deadlines.move(tenant, environment(environment), Optional.ofNullable(plain.get(key)), after);
            after.ifPresentOrElse(due -> plain.put(key, due), () -> plain.remove(key));
            if (random.nextInt(50) == 0) {
                deadlines = new DeadlineStore(rows);
            }
            Instant now = day(random.nextInt(28));
            assertThat(deadlines.dueBy(now, 5))
                    .as("seed %d step %d", seed, step)
                    .isEqualTo(dueBy(plain, now, 5));
            Optional<FanOut.Deadline> last = random.nextBoolean()
                    ? Optional.empty()
                    : Optional.of(deadline(random.nextInt(28), "e" + random.nextInt(20)));
            assertThat(deadlines.ofTenant(tenant, now, last, 5))
                    .as("seed %d step %d", seed, step)
                    .isEqualTo(ofTenant(plain, tenant, now, last, 5));
        }
    }

    private static List<DeadlineStore.Entry> dueBy(Map<String, Instant> plain, Instant now, int max) {
        TreeSet<DeadlineStore.Entry> due = new TreeSet<>(Comparator.comparing(DeadlineStore.Entry::at)
                .thenComparing(d -> d.tenant().value()));
        plain.forEach((key, at) -> {
            if (!at.isAfter(now)) {
                due.add(new DeadlineStore.Entry(at, new TenantId(key.substring(0, key.indexOf('/')))));
            }
        });
        return new ArrayList<>(due).subList(0, Math.min(max, due.size()));
    }

    private static List<FanOut.Deadline> ofTenant(
            Map<String, Instant> plain, TenantId tenant, Instant upTo, Optional<FanOut.Deadline> last, int max) {
        Comparator<FanOut.Deadline> order =
                Comparator.comparing(FanOut.Deadline::at).thenComparing(FanOut.Deadline::environmentId);
        return plain.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(tenant + "/"))
                .map(entry -> new FanOut.Deadline(
                        entry.getValue(),
                        environment(entry.getKey().substring(entry.getKey().indexOf('/') + 1))))
                .filter(timer -> !timer.at().isAfter(upTo))
                .filter(timer -> last.isEmpty() || order.compare(timer, last.get()) > 0)
                .sorted(order)
                .limit(max)
                .toList();
    }

    private void put(TenantId tenant, String environment, int day) {
        store.move(tenant, environment(environment), Optional.empty(), Optional.of(day(day)));
    }

    private static DeadlineStore.Entry due(int day, TenantId tenant) {
        return new DeadlineStore.Entry(day(day), tenant);
    }

    private static FanOut.Deadline deadline(int day, String environment) {
        return new FanOut.Deadline(day(day), environment(environment));
    }

    private static EnvironmentId environment(String id) {
        return new EnvironmentId(id);
    }

    private static Instant day(int day) {
        return Instant.parse("2026-03-01T10:00:00Z").plusSeconds(day * 86_400L);
    }
}
