package io.keyward.bench.measure;

import io.keyward.bench.subject.Job;
import io.keyward.bench.workload.Shape;
import io.keyward.bench.workload.Workload;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/// Events that are sent at a fixed rate.
///
/// Each carries the time at which it was due, not the time at which it was sent: when the sender or the subject is held
/// up, the events behind are late, and count as such. No load is omitted because nobody was there to send it.
final class SteadyLoad {
    private final Publisher publisher;
    private final Pace pace;
    private final Workload workload;
    private final long begin = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    private int sent;

    /// The first event is due in a second.
    SteadyLoad(Publisher publisher, Pace pace, long seed) {
        this.publisher = publisher;
        this.pace = pace;
        workload = new Workload(Shape.ofEvents(seed, pace.events()));
    }

    /// When the event with this number is due, the first being 0, on the clock of [System#nanoTime].
    long dueAt(int number) {
        return begin + TimeUnit.SECONDS.toNanos(1) * number / pace.rate();
    }

    /// Sends on until so many events are sent in all, and returns once the broker has all of them.
    void sendUntil(int events) {
        for (; sent < events; sent++) {
            long due = dueAt(sent);
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

    /// When the event was due that caused a decision.
    static long dueOf(ConsumerRecord<byte[], byte[]> decision) {
        Header sent = decision.headers().lastHeader(Job.SENT);
        if (sent == null) {
            throw new BenchException("A decision does not carry the header " + Job.SENT + " of its cause");
        }
        return ByteBuffer.wrap(sent.value()).getLong();
    }
}
