package io.keyward.bench.subject;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.keyward.bench.subject.WriteProfile.Flow;
import io.keyward.bench.subject.WriteProfile.Pair;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepetitionTest {
    private static final Pair FIRST = new Pair(new byte[] {1}, new byte[] {1});
    private static final Pair SECOND = new Pair(new byte[] {2}, new byte[] {2});

    @Test
    void theSamplesAreRepeatedInOrder() {
        assertEquals(List.of(FIRST, SECOND, FIRST, SECOND, FIRST, SECOND), afterEvents(2, 3));
    }

    @Test
    void whatIsLessThanARecordStaysDue() {
        assertEquals(List.of(), afterEvents(0.75, 1));
        assertEquals(List.of(FIRST), afterEvents(0.75, 2));
        assertEquals(List.of(FIRST, SECOND, FIRST), afterEvents(0.75, 4));
    }

    private static List<Pair> afterEvents(double perEvent, int events) {
        Repetition repetition = new Repetition(new Flow("decisions", perEvent, List.of(FIRST, SECOND)));
        List<Pair> written = new ArrayList<>();
        for (int event = 0; event < events; event++) {
            repetition.afterOneMore(written::add);
        }
        return written;
    }
}
