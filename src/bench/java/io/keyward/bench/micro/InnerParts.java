package io.keyward.bench.micro;

import io.keyward.avro.EventReader;
import io.keyward.avro.PublicationWriter;
import io.keyward.avro.state.StateCodec;
import io.keyward.bench.rules.OutputEncoder;
import io.keyward.domain.Decider;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.KnownEnvironment;
import io.keyward.domain.decision.Difference;
import io.keyward.domain.decision.EnvironmentName;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.topology.Bounds;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.contract.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The cost of one event, part by part. Each invocation takes the next of many samples.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class InnerParts {
    private final RecordHeaders headers = new RecordHeaders();
    private final Decider decider =
            new Decider(RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow());
    private Samples samples;
    private List<byte[]> rows;
    private List<Verdict> verdicts;
    private List<SortedMap<String, Signal>> signals;
    private EventReader reader;
    private PublicationWriter writer;
    private int turn;

    /// Decides the workload once and keeps the samples for all parts.
    @Setup
    public void prepare() {
        SchemaRegistry registry = new InMemorySchemaRegistry();
        ValueSerde serde = ValueSerde.own(registry, SerializerSettings.DEFAULT);
        reader = new EventReader(serde);
        writer = new PublicationWriter(serde);
        samples = Samples.of(registry);
        rows = samples.environments().stream()
                .map(environment -> StateCodec.ENVIRONMENTS.write(environment.before()))
                .toList();
        verdicts = samples.environments().stream().map(this::verdict).toList();
        signals = verdicts.stream().map(InnerParts::signals).toList();
    }

    private static SortedMap<String, Signal> signals(Verdict verdict) {
        SortedMap<String, Signal> signals = new TreeMap<>();
        verdict.suppressedSinks()
                .forEach(sink -> signals.put(
                        sink,
                        new Signal(
                                Signal.Action.SUPPRESS,
                                verdict.decision().enabledSince().orElseThrow(),
                                List.of())));
        return signals;
    }

    /// Decodes an input's bytes to an event.
    @Benchmark
    public Event decode() {
        Samples.Input input = next(samples.inputs());
        return reader.read(
                input.topic().baseName(),
                input.value(),
                headers,
                input.topic().valueSchema().orElseThrow(),
                Bounds.DEFAULT.minTime());
    }

    /// Derives the verdict from an environment's facts.
    @Benchmark
    public Verdict decide() {
        return verdict(next(samples.environments()));
    }

    /// Compares a verdict to the last publication and derives the new publications.
    @Benchmark
    public Difference difference() {
        Samples.Environment environment = next(samples.environments());
        Event.OfEnvironment event = environment.event();
        return Difference.between(
                environment.before().published(),
                Optional.of(verdicts.get(turn % Samples.COUNT)),
                signals.get(turn % Samples.COUNT),
                Publication.About.of(
                        event.tenantId(),
                        new EnvironmentName(event.environmentId(), Optional.empty()),
                        decider.profile().name(),
                        OutputEncoder.trigger(event, new OutputEncoder.Origin("", 0, 0, 0), List.of())
                                .cause()));
    }

    /// Decodes a row of the store to an environment's state.
    @Benchmark
    public EnvironmentState readState() {
        return StateCodec.ENVIRONMENTS.read(next(rows));
    }

    /// Encodes an environment's state to a row of the store.
    @Benchmark
    public byte[] writeState() {
        return StateCodec.ENVIRONMENTS.write(next(samples.environments()).before());
    }

    /// Encodes a publication to an output's bytes.
    @Benchmark
    public byte[] encode() {
        Publication publication = next(samples.publications());
        return writer.bytes(Topics.of(publication).baseName(), headers, publication);
    }

    private Verdict verdict(Samples.Environment environment) {
        EnvironmentFacts facts = environment.before().facts().with(environment.event());
        Event.OfEnvironment event = environment.event();
        return new KnownEnvironment(
                        event.tenantId(),
                        event.environmentId(),
                        environment.before().with(facts),
                        Reports.NONE,
                        environment.keys(),
                        Instant.MIN)
                .assessment(decider)
                .orElseThrow()
                .verdict();
    }

    private <T> T next(List<T> all) {
        turn = (turn + 1) % Samples.COUNT;
        return all.get(turn);
    }
}
