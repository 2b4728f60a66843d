package io.keyward.bench.measure;

import io.keyward.bench.subject.Job;
import io.keyward.bench.workload.Shape;
import io.keyward.bench.workload.Workload;
import io.keyward.topology.TopicNames;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/// Sends events at a fixed rate and times their decisions.
///
/// Each event carries the time at which it was due, not the time at which it was sent: when the sender or the subject
/// is held up, the events behind are late, and count as such. No load is omitted because nobody was there to send it.
public final class LatencyTrial {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int HEAP = 2_048;
    private static final int DIGITS = 3;

    private final Stage stage;
    private final Shape shape;
    private final int rate;

    private LatencyTrial(Stage stage, Shape shape, int rate) {
        this.stage = stage;
        this.shape = shape;
        this.rate = rate;
    }

    /// How fast events come, and for how long; the first third warms up and is not counted.
    public record Pace(int rate, int seconds) {}

    /// Measures one subject, which decides from nothing.
    public static Latency measure(
            Ground ground, ClassPaths classPaths, Path folder, Entrant entrant, Pace pace, long seed) {
        int events = pace.rate() * pace.seconds();
        Stage stage = new Stage(ground, new Launcher(classPaths, folder, HEAP), new TopicNames("latency."));
        stage.reopen();
        return new LatencyTrial(stage, new Shape(seed, events, Math.max(100, events / 10)), pace.rate()).run(entrant);
    }

    private Latency run(Entrant entrant) {
        Histogram micros = new Histogram(DIGITS);
        try (Contender contender = stage.enter(entrant, stage.groupOf(entrant, 1), Optional.empty());
                Publisher publisher = new Publisher(stage.ground(), stage.names(), Duration.ZERO)) {
            stage.awaitReady(entrant.subject(), contender);
            long begin = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            long counted = begin + dueAfter(shape.events() / 3);
            try (DecisionFollower follower = DecisionFollower.start(
                    stage.ground(), stage.names().decisions(), record -> note(record, counted, micros))) {
                send(publisher, begin);
                contender.awaitAll(shape.events());
                settle(follower);
            }
            contender.terminate();
        }
        return new Latency(entrant, rate, micros);
    }

    private void send(Publisher publisher, long begin) {
        Workload workload = new Workload(shape);
        for (int number = 0; workload.hasNext(); number++) {
            long due = begin + dueAfter(number);
            ProducerRecord<byte[], byte[]> outgoing = publisher.recordOf(workload.next());
            outgoing.headers()
                    .add(Job.SENT, ByteBuffer.allocate(Long.BYTES).putLong(due).array());
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            publisher.send(outgoing);
        }
        publisher.flush();
    }

    private long dueAfter(int events) {
        return TimeUnit.SECONDS.toNanos(1) * events / rate;
    }

    private static void note(ConsumerRecord<byte[], byte[]> record, long counted, Histogram micros) {
        Header sent = record.headers().lastHeader(Job.SENT);
        if (sent == null) {
            throw new BenchException("A decision does not carry the header " + Job.SENT + " of its cause");
        }
        long due = ByteBuffer.wrap(sent.value()).getLong();
        if (due >= counted) {
            micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due));
        }
    }

    /// Waits until all that is committed is seen.
    private void settle(DecisionFollower follower) {
        long committed = TopicReader.count(stage.ground(), stage.names().decisions());
        if (committed == 0) {
            throw new BenchException("Nothing was decided");
        }
        follower.await(committed, LIMIT);
    }
}
