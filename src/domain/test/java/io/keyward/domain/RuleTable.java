package io.keyward.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;

/// Rows: events, and what is decided then. Most stand in text files, see [RuleRows].
///
/// Each row that states a verdict is decided twice, with the events in the given and in the opposite order.
/// Both must agree, unless the row is about a wait, which depends on the order of arrival.
public final class RuleTable {
    private RuleTable() {}

    /// The events of a row, under the profile that decides them.
    public record Given(RuleProfile profile, List<Event> events) {
        public Given by(RuleProfile other) {
            return new Given(other, events);
        }

        Given reversed() {
            return new Given(profile, events.reversed());
        }

        public ReferenceModel model() {
            return ReferenceModel.after(profile, events);
        }

        List<Publication> publications() {
            return ReferenceModel.publications(profile, events);
        }

        /// The outcome for environment `e1`.
        public Outcome outcome() {
            return outcomeOf("e1");
        }

        Outcome outcomeOf(String environment) {
            return new Outcome(model().verdict(Facts.environment(environment)).orElseThrow());
        }
    }

    public static Given given(Event... events) {
        return new Given(Profiles.SEED, List.of(events));
    }

    /// The events of several lists in a row.
    @SafeVarargs
    public static Given given(List<Event>... parts) {
        List<Event> events = new ArrayList<>();
        for (List<Event> part : parts) {
            events.addAll(part);
        }
        return new Given(Profiles.SEED, List.copyOf(events));
    }

    /// A row whose outcome does not depend on the order of arrival.
    public static DynamicTest row(String rule, Given given, Consumer<Outcome> then) {
        return DynamicTest.dynamicTest(rule, () -> check(given, "e1", then, false));
    }

    /// Checks the outcome for an environment.
    ///
    /// @param inOrder whether it depends on the order of arrival (a wait, a kept slot)
    static void check(Given given, String environment, Consumer<Outcome> then, boolean inOrder) {
        then.accept(given.outcomeOf(environment));
        if (!inOrder) {
            assertThat(given.reversed().model().verdicts())
                    .as("the same events arriving in the opposite order")
                    .isEqualTo(given.model().verdicts());
        }
    }
}
