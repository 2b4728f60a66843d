package io.keyward.domain.decision;

import static io.keyward.domain.Facts.CONTOSO;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.limit;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// R13: the content of the records of `ENVIRONMENT_LIMIT_NEAR`, one after the other.
class LimitWarningTest {
    private static final WarningCode CODE = WarningCode.ENVIRONMENT_LIMIT_NEAR;

    private final List<Publication.OfWarning> records = new ArrayList<>();
    private TenantState state = TenantState.NONE;

    @Test
    void anIncidentIsRaisedUpdatedAndCleared() {
        assertThat(state.limitPublished()).isFalse();

        use(20, 1);
        assertThat(records.getLast().incident().id().text(CODE)).isEqualTo(CODE + ":1:topic-0-1");
        assertThat(records.getLast().incident().sequence()).isEqualTo(1);
        assertThat(records.getLast().clearedAt()).isEmpty();
        assertThat(state.limitPublished()).isTrue();

        state = state.with(limit(day(2), 21));
        use(0, 2);
        assertThat(records.getLast().incident().id().text(CODE)).isEqualTo(CODE + ":1:topic-0-1");
        assertThat(records.getLast().incident().sequence()).isEqualTo(2);
        assertThat(state.limitIncidents()).isEqualTo(1);

        use(-10, 3);
        assertThat(records.getLast().incident().id().text(CODE)).isEqualTo(CODE + ":1:topic-0-1");
        assertThat(records.getLast().incident().sequence()).isEqualTo(3);
        assertThat(records.getLast().clearedAt()).contains(day(3));
        assertThat(state.limitIncident()).isEmpty();
        assertThat(state.limitPublished()).isTrue();
    }

    /// One cause can raise it, clear it and raise it again: the number distinguishes the incidents.
    @Test
    void theNextIncidentHasTheNextNumber() {
        use(20, 1);
        use(-10, 1);
        use(10, 1);

        assertThat(records)
                .extracting(record -> record.incident().id().number())
                .containsExactly(1L, 1L, 2L);
        assertThat(records).extracting(record -> record.incident().sequence()).containsExactly(1, 2, 1);
        assertThat(state.limitIncidents()).isEqualTo(2);
    }

    @Test
    void nothingIsPublishedOfAUseThatChangesNothing() {
        use(19, 1);
        use(1, 2);
        use(1, 3); // counts update nothing

        assertThat(records).hasSize(1);
    }

    @Test
    void aRetractionHasTheKeyOfTheWarning() {
        use(20, 1);

        assertThat(LimitWarning.retraction(CONTOSO).key())
                .isEqualTo(records.getLast().key());
    }

    private void use(int more, int day) {
        Cause cause = new Cause("PolicyApplied", "e" + day, day(day), "topic", 0, day);
        LimitWarning warning = LimitWarning.between(CONTOSO, state.addSlots(more), "profile", cause);
        warning.publication().map(Publication.OfWarning.class::cast).ifPresent(records::add);
        state = warning.state();
    }
}
