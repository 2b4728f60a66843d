package io.keyward.app.simulate;

import io.keyward.app.terminal.OutputRecord;
import io.keyward.domain.Explanation;
import java.util.List;
import java.util.function.Supplier;

/// An output of a simulation and, of a decision, why it is so, told when asked for.
record SimulatedOutput(OutputRecord output, Supplier<List<Explanation>> why) {}
