package io.keyward.domain.event;

import static io.keyward.domain.Facts.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Facts;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// R3: what the dates of an inventory tell about an environment enabled on day 3.
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
            stored with dates that cannot be,    2,  5,  1, MICROSOFT_MANAGED
            one stored with such dates,          1,  5,  1, MICROSOFT_MANAGED
            """)
    void protection(String what, int count, Integer oldest, Integer newest, Protection expected) {
        assertThat(new FlowInventory(count, date(oldest), date(newest)).protectionWhenEnabledAt(ENABLED))
                .as(what)
                .isEqualTo(expected);
    }

    private static Optional<Instant> date(Integer day) {
        return Optional.ofNullable(day).map(Facts::day);
    }
}
