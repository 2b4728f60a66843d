package io.keyward.bench.subject;

import io.keyward.bench.subject.WriteProfile.Flow;
import io.keyward.bench.subject.WriteProfile.Pair;
import java.util.function.Consumer;

/// Repeats the samples of one flow, as many for each event as the product writes. Not thread-safe.
final class Repetition {
    private final Flow flow;
    private double due;
    private int next;

    Repetition(Flow flow) {
        this.flow = flow;
    }

    /// Passes on the samples that are due after one more event. What is less than a record stays due.
    void afterOneMore(Consumer<Pair> output) {
        for (due += flow.perEvent(); due >= 1; due--) {
            output.accept(flow.samples().get(next));
            next = (next + 1) % flow.samples().size();
        }
    }
}
