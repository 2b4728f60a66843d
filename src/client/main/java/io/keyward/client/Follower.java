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

/// Reads all partitions of some topics on a thread of its own, without a group: from the beginning, and then as
/// records are committed. Now and then it asks where all of them end, open transactions included, and says so
/// once it has read to there (R33).
///
/// After any failure, and after a topic has got more partitions, it begins anew, until it is closed.
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

    /// What is told of the records, all on the thread of the follower. What it throws makes the
    /// follower begin anew.
    interface Reader {
        /// Reading begins, at the beginning of all partitions: what was read before is to be forgotten.
        void begins();

        void read(ConsumerRecord<byte[], byte[]> read);

        /// It will be asked now where the topics end.
        void asks();

        /// All has been read that was there when it was asked last.
        void reachedEnds();

        /// Reading failed; it begins anew in a moment.
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
                // Of the reader, most often. A thread that ends would leave behind what the reader knew last.
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
                    throw new KafkaException("a topic has other partitions than before");
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
        LOG.warn("{} begins anew: {}", thread.getName(), why);
        reader.failed(why);
        try {
            closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            LOG.debug("{} is interrupted", thread.getName());
        }
    }

    /// What the failure says, and what is behind it.
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
