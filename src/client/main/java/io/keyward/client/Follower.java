package io.keyward.client;

import io.keyward.kafka.KafkaAnswers;
import io.keyward.kafka.Stopwatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads all partitions of some topics on its own thread, without a group: from the earliest offset, then each
/// record as it is committed. From time to time it requests the end offsets, open transactions included, and
/// reports when it has read up to them (R33).
///
/// After any failure, and when the partition count of a topic changes, it restarts from the earliest offset,
/// until it is closed.
final class Follower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LOOKS_FOR_PARTITIONS = Duration.ofSeconds(30);
    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(5);

    private final Settings settings;
    private final List<String> topics;
    private final Reader reader;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Consumer<byte[], byte[]> consumer;

    /// Receives the records, always on the follower's thread. The follower restarts if it throws.
    interface Reader {
        /// Reading starts at the earliest offset of all partitions: discard everything that was read before.
        void begins();

        void read(ConsumerRecord<byte[], byte[]> read);

        /// The end offsets are about to be requested.
        void asks();

        /// Everything has been read that existed at the last request.
        void reachedEnds();

        /// Reading failed; it restarts shortly.
        ///
        /// @param why a sentence
        void failed(String why);
    }

    private Follower(String name, Settings settings, List<String> topics, Reader reader) {
        this.settings = settings;
        this.topics = topics;
        this.reader = reader;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    static Follower start(String name, Settings settings, List<Topic> topics, Reader reader) {
        Follower follower = new Follower(name, settings, settings.topics().names(topics), reader);
        follower.thread.start();
        return follower;
    }

    private void run() {
        while (closed.getCount() > 0) {
            try (Consumer<byte[], byte[]> opened = new KafkaConsumer<>(
                            settings.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                    Admin admin = Admin.create(settings.impatient())) {
                consumer = opened;
                reader.begins();
                follow(opened, admin);
            } catch (WakeupException | InterruptException stopped) {
                LOG.debug("{} stops", thread.getName());
            } catch (RuntimeException failure) {
                beginAnew(failure);
            } catch (Error failure) {
                // Usually an exception of the reader. If the thread ended, the reader's last state would live on.
                beginAnew(new KafkaException(failure));
            }
        }
    }

    private void follow(Consumer<byte[], byte[]> opened, Admin admin) {
        Set<TopicPartition> partitions = partitions(admin);
        opened.assign(partitions);
        opened.seekToBeginning(partitions);
        Stopwatch looked = Stopwatch.start();
        while (closed.getCount() > 0) {
            reader.asks();
            KafkaFuture<Map<TopicPartition, Long>> asked =
                    KafkaAnswers.offsets(admin, partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
            while (closed.getCount() > 0 && !asked.isDone()) {
                poll(opened);
            }
            if (closed.getCount() > 0) {
                readTo(opened, KafkaAnswers.get(asked));
            }
            if (looked.hasReached(LOOKS_FOR_PARTITIONS)) {
                looked = Stopwatch.start();
                if (!partitions(admin).equals(partitions)) {
                    throw new KafkaException("the partition count of a topic has changed");
                }
            }
        }
    }

    private void readTo(Consumer<byte[], byte[]> opened, Map<TopicPartition, Long> ends) {
        Set<TopicPartition> open = new HashSet<>(ends.keySet());
        while (closed.getCount() > 0) {
            open.removeIf(partition -> opened.position(partition) >= ends.get(partition));
            if (open.isEmpty()) {
                reader.reachedEnds();
                return;
            }
            poll(opened);
        }
    }

    private void poll(Consumer<byte[], byte[]> opened) {
        opened.poll(POLL).forEach(reader::read);
    }

    private Set<TopicPartition> partitions(Admin admin) {
        Map<String, Integer> counts = KafkaAnswers.partitionCounts(admin, topics);
        List<String> missing = new ArrayList<>(topics);
        missing.removeAll(counts.keySet());
        if (!missing.isEmpty()) {
            throw new KafkaException("these topics are missing: " + String.join(", ", missing));
        }
        return Set.copyOf(KafkaAnswers.partitions(counts));
    }

    private void beginAnew(RuntimeException failure) {
        String why = "%s (Kafka at %s).".formatted(reason(failure), settings.bootstrapServers());
        LOG.warn("{} restarts: {}", thread.getName(), why);
        reader.failed(why);
        try {
            closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            LOG.debug("{} is interrupted", thread.getName());
        }
    }

    /// The message of the failure, and of its cause.
    private static String reason(Throwable failure) {
        String said = Objects.requireNonNullElse(failure.getMessage(), failure.toString());
        return failure.getCause() == null || said.contains(failure.getCause().toString())
                ? said
                : said + ": " + reason(failure.getCause());
    }

    @Override
    public void close() {
        closed.countDown();
        Consumer<byte[], byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        try {
            thread.join(CLOSES_WITHIN.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
