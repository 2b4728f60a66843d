package io.keyward.domain;

import io.keyward.domain.event.Event;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;

/// Histories with reports, for properties of R28 to R32.
interface ReportArbitraries {
    @Provide
    default Arbitrary<List<Event>> any() {
        return ReportHistories.of(EventHistories.ALL, 24);
    }

    /// One environment, which sees more then.
    @Provide
    default Arbitrary<List<Event>> alone() {
        return ReportHistories.of(EventHistories.ALONE, 20);
    }

    /// One environment whose components have more parts than are remembered.
    @Provide
    default Arbitrary<List<Event>> crowded() {
        return ReportHistories.crowded(EventHistories.ALONE, 10);
    }
}
