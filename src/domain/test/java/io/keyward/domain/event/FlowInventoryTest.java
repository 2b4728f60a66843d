package io.keyward.domain.event;

import static io.keyward.domain.Facts.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keyward.domain.Facts;
import io.keyward.domain.id.FlowId;
import io.keyward.domain.id.RefusedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// R3: what the dates of an inventory mean for an environment enabled on day 3.
class FlowInventoryTest {
    private static final Instant ENABLED = day(3);

    @ParameterizedTest(name = "{0}: {1} flows, oldest of day {2}, newest of day {3}: {4}")
    @CsvSource(textBlock = """
            no flows,                            0,   ,   , CUSTOMER_MANAGED
            all older,                           2,  1,  2, MICROSOFT_MANAGED
            all younger,                         2,  3,  5, CUSTOMER_MANAGED
            of both ages,                        2,  1,  5, MIXED
            nothing known,                       2,   ,   , MICROSOFT_MANAGED
            only that the oldest is older,       2,  1,   , MICROSOFT_MANAGED
            only that the oldest is younger,     2,  5,   , CUSTOMER_MANAGED
            only that the newest is older,       2,   ,  1, MICROSOFT_MANAGED
            only that the newest is younger,     2,   ,  5, MIXED
            one of unknown age,                  1,   ,   , MICROSOFT_MANAGED
            one and its only date is the oldest, 1,  5,   , CUSTOMER_MANAGED
            one and its only date is the newest, 1,   ,  5, CUSTOMER_MANAGED
            one at that very moment,             1,   ,  3, CUSTOMER_MANAGED
            one that is older,                   1,   ,  1, MICROSOFT_MANAGED
            """)
    void protection(String what, int count, Integer oldest, Integer newest, Protection expected) {
        assertThat(new FlowInventory(count, date(oldest), date(newest)).protectionWhenEnabledAt(ENABLED))
                .as(what)
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            no flows,                          0,   ,   , 0, 0
            none under the Microsoft key,      2,   ,   , 0, 0
            all under the Microsoft key,       2,   ,   , 2, 0
            as many ids as a warning names,    2,   ,   ,  , 10
            one date,                          2,  5,   ,  , 0
            created at one time,               2,  5,  5,  , 0
            """)
    void anEventMayState(String what, int count, Integer oldest, Integer newest, Integer onMicrosoftKey, int ids) {
        assertThat(stated(count, oldest, newest, onMicrosoftKey, ids))
                .as(what)
                .isEqualTo(new FlowInventory(
                        count, date(oldest), date(newest), Optional.ofNullable(onMicrosoftKey), flows(ids)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -1 |   |   |    | 0  | count is -1; expected 0 or more.
            2  |   |   | -1 | 0  | onMicrosoftManagedKey is -1; expected 0 to 2, the count.
            2  |   |   | 3  | 0  | onMicrosoftManagedKey is 3; expected 0 to 2, the count.
            2  |   |   |    | 11 | cannotMigrate holds 11 ids; expected up to 10.
            2  | 1 | 0 |    | 0  | newestCreatedAt is 2026-01-01T00:00:00Z, before oldestCreatedAt, 2026-01-02T00:00:00Z; \
            expected the same time or a later one.
            """)
    void anEventMayNotState(
            int count, Integer oldest, Integer newest, Integer onMicrosoftKey, int ids, String expected) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> stated(count, oldest, newest, onMicrosoftKey, ids))
                .withMessage("cloudFlows." + expected);
    }

    @Test
    void aCountThatMakesNoSenseIsNoInventory() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> new FlowInventory(-1, Optional.empty(), Optional.empty()))
                .withMessage("count is -1; expected 0 or more.");
    }

    private static FlowInventory stated(int count, Integer oldest, Integer newest, Integer onMicrosoftKey, int ids) {
        return FlowInventory.parse(
                "cloudFlows", count, date(oldest), date(newest), Optional.ofNullable(onMicrosoftKey), flows(ids));
    }

    private static List<FlowId> flows(int count) {
        return IntStream.range(0, count).mapToObj(n -> new FlowId("f" + n)).toList();
    }

    private static Optional<Instant> date(Integer day) {
        return Optional.ofNullable(day).map(Facts::day);
    }
}
