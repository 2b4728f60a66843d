package io.keyward.chaos;

import java.util.List;
import java.util.Random;

/// Something that holds whatever happens: what to produce so that it can be told, and what to look for afterwards.
interface Guarantee {
    /// All of them.
    static List<Guarantee> all() {
        return List.of(new DecidedOnce(), new SameFinalState(), new OneCauseTogether(), new RefusedOnce());
    }

    /// Two or three words.
    String name();

    /// What a load needs beside the pulses; what is listed more than once takes more turns.
    List<Source> sources(Wire wire, Random random, Misplacement misplacement);

    /// All that contradicts it.
    List<Violation> check(History history, Outputs outputs);
}
