package io.keyward.chaos.load;

import io.keyward.chaos.cluster.ExperimentTopics;
import io.keyward.client.Coordinates;
import io.keyward.client.TopicNames;
import io.keyward.testing.process.Patience;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Sends inputs at a steady rate, from sources drawn at random, and records what the cluster has acknowledged.
public final class Load implements AutoCloseable {
    /// Inputs a second: enough for open transactions at every moment of a fault, few enough for two cores.
    public static final int RATE = 60;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private static final int BURST = 500;

    /// Longer than any outage.
    private static final String SEND_LIMIT_MILLIS =
            Long.toString(Duration.ofMinutes(15).toMillis());

    /// How much of a delay the load catches up.
    private static final long MAX_BEHIND = Duration.ofSeconds(1).toNanos();

    private final TopicNames names;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<InputSource> sources;
    private final Random random;
    private final SentInputs history = new SentInputs();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Thread thread = Thread.ofPlatform().name("load").unstarted(this::run);

    private final AtomicInteger burst = new AtomicInteger();

    private volatile int rate = RATE;
    private volatile boolean stopped;

    public Load(ExperimentTopics topics, List<InputSource> sources, Random random) {
        names = topics.names();
        this.sources = sources;
        this.random = random;
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        topics.addresses(),
                        "acks",
                        "all",
                        "enable.idempotence",
                        "true",
                        "linger.ms",
                        "5",
                        "max.block.ms",
                        SEND_LIMIT_MILLIS,
                        "delivery.timeout.ms",
                        SEND_LIMIT_MILLIS),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /// Sends these before or beside all else, and returns when the cluster has acknowledged them.
    public void send(List<Input> inputs) {
        inputs.forEach(this::send);
        flush();
    }

    public void start() {
        thread.start();
    }

    /// How many inputs are sent in a second from now on; 0 for none.
    public void pace(int inputsInASecond) {
        rate = inputsInASecond;
    }

    /// Sends many more as fast as it can, and returns before all are sent, so that the fault meets a busy
    /// processor.
    public void burst(Random when) {
        int moment = history.size() + when.nextInt(BURST);
        burst.set(BURST);
        Patience.until("the cluster has acknowledged a part of the burst", () -> history.size() >= moment);
    }

    /// Ends the load, and returns when the cluster has acknowledged all of it.
    public void stop() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException interruption) {
            throw Patience.interrupted(interruption);
        }
        flush();
    }

    public SentInputs history() {
        return history;
    }

    private void run() {
        try {
            long due = System.nanoTime();
            while (!stopped) {
                int now = rate;
                if (now == 0) {
                    Patience.pause();
                    continue;
                }
                send(sources.get(random.nextInt(sources.size())).next());
                due = Math.max(
                        burst.getAndUpdate(Load::oneLess) > 0 ? due : due + SECOND / now,
                        System.nanoTime() - MAX_BEHIND);
                LockSupport.parkNanos(due - System.nanoTime());
            }
        } catch (RuntimeException failed) {
            failure.compareAndSet(null, failed);
        }
    }

    private static int oneLess(int count) {
        return Math.max(0, count - 1);
    }

    private void send(Input input) {
        byte[] key =
                input.key().map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
        var record = new ProducerRecord<>(
                names.name(input.topic()),
                input.partition().orElse(null),
                key,
                input.value().orElse(null));
        var _ = producer.send(record, (taken, failed) -> acknowledged(input, taken, failed));
    }

    private void acknowledged(Input input, RecordMetadata taken, Exception failed) {
        if (failed == null) {
            history.add(new Coordinates(taken.topic(), taken.partition(), taken.offset()), input);
        } else {
            failure.compareAndSet(null, failed);
        }
    }

    private void flush() {
        producer.flush();
        if (failure.get() != null) {
            throw new AssertionError("The cluster has not acknowledged all of the load", failure.get());
        }
    }

    @Override
    public void close() {
        stopped = true;
        producer.close(Duration.ofSeconds(5));
    }
}
