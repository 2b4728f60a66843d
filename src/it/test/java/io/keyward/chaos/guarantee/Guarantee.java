package io.keyward.chaos.guarantee;

import io.keyward.chaos.cluster.Outputs;
import io.keyward.chaos.load.EventEncoder;
import io.keyward.chaos.load.InputSource;
import io.keyward.chaos.load.Misplacement;
import io.keyward.chaos.load.SentInputs;
import java.util.List;
import java.util.Random;

/// A property that holds under every fault: the inputs that test it, and the check.
public interface Guarantee {
    /// All guarantees.
    static List<Guarantee> all() {
        return List.of(new DecidedOnce(), new SameFinalState(), new OneCauseTogether(), new RefusedOnce());
    }

    /// Its name in the report: two or three words.
    String name();

    /// What a load needs beside the progress events; a source that is listed twice is drawn twice as often.
    List<InputSource> sources(EventEncoder encoder, Random random, Misplacement misplacement);

    /// Everything that contradicts it.
    List<Violation> check(SentInputs history, Outputs outputs);
}
