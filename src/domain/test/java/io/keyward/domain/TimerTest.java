package io.keyward.domain;

import static io.keyward.domain.Facts.day;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When the timer of an environment fires, after a decision (R25).
class TimerTest {
    /// Columns in days: when the timer set before fires, the time reached, what is due now, and when the timer
    /// fires.
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing was and is due,                       ,   ,    ,",
        "what is due for the first time sets it,       ,   ,  33, 33",
        "nothing is due any more,                    33,   ,    ,",
        "what is due has not moved,                  33,   ,  33, 33",
        "what is due has moved later,                33,   ,  40, 33",
        "it stays until the time that is reached,    33, 32,  40, 33",
        "what is due has moved earlier,              33,   ,  32, 32",
        "it has fired before anything is due,        33, 33,  40, 40",
        "it should have fired long ago,              33, 39,  40, 40",
        "it has fired and nothing else is due,       33, 33,    ,",
    })
    void itStaysWhileItFiresInTime(String name, Integer set, Integer reached, Integer due, Integer fires) {
        Optional<Timer> before = at(set).map(Timer::at);

        Optional<Timer> after = Timer.next(before, at(due), at(reached).orElse(Instant.MIN));

        assertThat(after.map(Timer::firesAt)).isEqualTo(at(fires));
        assertThat(after.map(Timer::dueAt)).isEqualTo(at(due));
    }

    private static Optional<Instant> at(Integer day) {
        return Optional.ofNullable(day).map(number -> day(number));
    }
}
