package io.keyward.app.simulate;

import io.keyward.app.terminal.OutputRecord;
import io.keyward.domain.Explanation;
import java.util.List;
import java.util.function.Supplier;

/// An output of a simulation and, on demand, the explanation of a decision.
record SimulatedOutput(OutputRecord output, Supplier<List<Explanation>> why) {}
