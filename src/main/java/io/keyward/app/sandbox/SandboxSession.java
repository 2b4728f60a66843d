package io.keyward.app.sandbox;

import io.keyward.app.cluster.CommandFailedException;
import io.keyward.app.config.KeywardConfig;
import io.keyward.app.records.EventProducer;
import io.keyward.app.records.OutputFollower;
import io.keyward.app.records.OutputFollower.Followed;
import io.keyward.app.run.Backlog;
import io.keyward.app.run.Instance;
import io.keyward.app.run.StopSignal;
import io.keyward.topology.contract.EventLine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// Runs a processor in the sandbox, sends it the sample, and shows the decisions.
public record SandboxSession(Sandbox sandbox, SandboxConsole console, StopSignal stop) {
    /// Without progress for this long, the sample counts as stuck.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /// Runs until the stop signal is given or, if requested, until the sample has been decided.
    ///
    /// @throws CommandFailedException if the processor fails, or the sample is not decided
    public void run(boolean untilSampleIsDecided) {
        KeywardConfig config = sandbox.config();
        AtomicBoolean sampleIsDecided = new AtomicBoolean();
        // What falls due within the sample must not be decided before the events that come after it are sent.
        InstantSource clock = () -> sampleIsDecided.get() ? Instant.now() : Instant.EPOCH;
        try (Instance instance = Instance.prepare(config, true, clock);
                OutputFollower outputs = OutputFollower.open(config, sandbox.registry());
                Backlog backlog = Backlog.connect(config)) {
            instance.start();
            List<EventLine> events = sandbox.sample().events();
            console.printFeed(events.size());
            try (EventProducer producer = EventProducer.connect(config, sandbox.registry())) {
                producer.sendInOrder(events);
            }
            console.print(awaitDecisions(instance, outputs, backlog));
            console.printSummary();
            if (!untilSampleIsDecided) {
                sampleIsDecided.set(true);
                console.printSuggestions();
                instance.watchKeys();
                while (shouldContinue(instance)) {
                    console.print(outputs.poll());
                }
            }
            instance.rethrowFailure();
        }
    }

    /// Waits until every input is decided, and returns all outputs at once in the order of their causes, since
    /// partitions are not read in that order.
    private List<Followed> awaitDecisions(Instance instance, OutputFollower outputs, Backlog backlog) {
        List<Followed> decided = new ArrayList<>();
        Map<String, Long> open = backlog.undecided();
        long progress = System.nanoTime();
        while (shouldContinue(instance) && !(open.isEmpty() && outputs.isAtEnd())) {
            List<Followed> more = outputs.poll();
            decided.addAll(more);
            Map<String, Long> left = backlog.undecided();
            if (!left.equals(open) || !more.isEmpty()) {
                progress = System.nanoTime();
            } else if (System.nanoTime() - progress > PATIENCE.toNanos()) {
                throw new CommandFailedException(
                        "The sample is not decided: there was no progress for %d s, and these records are left: %s"
                                .formatted(PATIENCE.toSeconds(), left));
            }
            open = left;
        }
        decided.sort(Followed.IN_ORDER_OF_CAUSE);
        return decided;
    }

    private boolean shouldContinue(Instance instance) {
        return !stop.given().isDone() && !instance.hasEnded();
    }
}
