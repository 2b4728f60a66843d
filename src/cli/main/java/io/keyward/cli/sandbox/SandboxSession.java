package io.keyward.cli.sandbox;

import io.keyward.app.console.Console;
import io.keyward.app.run.Backlog;
import io.keyward.app.run.Instance;
import io.keyward.app.run.StopSignal;
import io.keyward.cli.records.EventProducer;
import io.keyward.cli.records.OutputFollower;
import io.keyward.cli.records.OutputFollower.Followed;
import io.keyward.client.Topic;
import io.keyward.cluster.CommandFailedException;
import io.keyward.cluster.Generations;
import io.keyward.config.KeywardConfig;
import io.keyward.kafka.Stopwatch;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.read.OutputRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// Runs a processor, a console and an intake in the sandbox, sends the sample, and shows the decisions.
///
/// @param report whether decisions after the sample are also reported as enforced
public record SandboxSession(Sandbox sandbox, SandboxPrinter printer, StopSignal stop, boolean report) {
    /// The sample counts as stuck after this long without progress.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /// Runs until the stop signal is given or, if requested, until the sample has been decided.
    ///
    /// @throws CommandFailedException if the processor fails, or the sample is not decided
    public void run(boolean untilSampleIsDecided) {
        if (untilSampleIsDecided) {
            run(Optional.empty());
        } else {
            // The processor ends before the others, so that nothing of it still runs while the process ends.
            try (Console console = Console.start(sandbox.config());
                    SandboxIntake intake = SandboxIntake.start(sandbox)) {
                run(Optional.of(new Around(console, intake)));
            }
        }
    }

    /// The console and the intake of a processor that keeps running after the sample.
    private record Around(Console console, SandboxIntake intake) {}

    /// @param around present if the processor keeps running after the sample
    private void run(Optional<Around> around) {
        KeywardConfig config = Generations.forRun(sandbox.config());
        AtomicBoolean sampleIsDecided = new AtomicBoolean();
        // Deadlines within the sample must not be decided before the events that come after it are sent.
        InstantSource clock = () -> sampleIsDecided.get() ? Instant.now() : Instant.EPOCH;
        try (Instance instance = Instance.prepare(config, true, clock);
                OutputFollower outputs = OutputFollower.open(config, sandbox.registry());
                Backlog backlog = Backlog.connect(config)) {
            instance.start();
            Running running = new Running(instance, outputs, backlog, new ComponentReporter());
            try (EventProducer producer = EventProducer.connect(config, sandbox.registry())) {
                decideSample(running, producer);
                if (around.isPresent()) {
                    reportSample(running, producer);
                    sampleIsDecided.set(true);
                    follow(running, around.get(), producer);
                }
            }
            instance.rethrowFailure();
        }
    }

    private record Running(Instance instance, OutputFollower outputs, Backlog backlog, ComponentReporter reporter) {}

    private void decideSample(Running running, EventProducer producer) {
        List<EventLine> events = sandbox.sample().events();
        printer.printFeed(events.size());
        producer.sendInOrder(events);
        printer.print(awaitDecisions(running));
        printer.printSummary();
    }

    /// Reports what the sample leaves unproven as enforced before time advances, so that none of it is late. The
    /// decisions that follow are not printed: there are hundreds, and only the proof in them is new.
    private void reportSample(Running running, EventProducer producer) {
        producer.sendInOrder(running.reporter().reports(Instant.now()));
        awaitDecisions(running);
    }

    /// Watches the keys and prints what follows, until the end. The suggested commands already work.
    private void follow(Running running, Around around, EventProducer producer) {
        running.instance().watchKeys();
        boolean suggested = false;
        while (shouldContinue(running.instance())) {
            if (!suggested && around.console().isReady()) {
                printer.printSuggestions();
                suggested = true;
            }
            // The cause of an output has been written by then, so it is printed first.
            List<Followed> outputs = poll(running);
            printer.printNews(around.intake().poll());
            printer.print(outputs.stream().filter(SandboxSession::isNews).toList());
            if (report) {
                producer.sendInOrder(running.reporter().reports(Instant.now()));
            }
            around.console().rethrowFailure();
            around.intake().rethrowFailure();
        }
    }

    /// Whether it shows more than that one component of many was reported on.
    private static boolean isNews(Followed followed) {
        return !(followed.output() instanceof OutputRecord.Published decision)
                || decision.topic() != Topic.ENCRYPTION_DECISIONS
                || !decision.value().at("/cause/eventType").asText().equals("EnforcementReported")
                || decision.value().path("enforcement").findValuesAsText("status").stream()
                        .allMatch("ENFORCED"::equals);
    }

    private static List<Followed> poll(Running running) {
        List<Followed> outputs = running.outputs().poll();
        outputs.forEach(each -> running.reporter().note(each.output()));
        return outputs;
    }

    /// Waits until every input is decided, and returns all outputs in the order of their causes, because
    /// partitions are not read in that order.
    private List<Followed> awaitDecisions(Running running) {
        List<Followed> decided = new ArrayList<>();
        Map<String, Long> open = running.backlog().undecided();
        Stopwatch progress = Stopwatch.start();
        while (shouldContinue(running.instance())
                && !(open.isEmpty() && running.outputs().isAtEnd())) {
            List<Followed> more = poll(running);
            decided.addAll(more);
            Map<String, Long> left = running.backlog().undecided();
            if (!left.equals(open) || !more.isEmpty()) {
                progress = Stopwatch.start();
            } else if (progress.hasReached(PATIENCE)) {
                throw new CommandFailedException(
                        "The sample was not decided: no progress for %d s, with these records left: %s"
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
