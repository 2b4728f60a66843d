package io.keyward.bench.measure;

import io.keyward.bench.subject.SubjectJob;
import io.keyward.bench.workload.Workload;
import io.keyward.bench.workload.WorkloadSize;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/// Events that are sent at a fixed rate.
///
/// Each carries the time at which it was due, not the time at which it was sent: when the sender or the subject is
/// held up, the events behind are late, and count as such. So no load is omitted (no coordinated omission).
final class SteadyLoad {
    private final Publisher publisher;
    private final SendRate sendRate;
    private final Workload workload;
    private final long begin = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    private int sent;

    /// The first event is due in a second.
    SteadyLoad(Publisher publisher, SendRate sendRate, long seed) {
        this.publisher = publisher;
        this.sendRate = sendRate;
        workload = new Workload(WorkloadSize.ofEvents(seed, sendRate.events()));
    }

    /// When the event with this number is due, the first being 0, on the clock of [System#nanoTime].
    long dueAt(int number) {
        return begin + TimeUnit.SECONDS.toNanos(1) * number / sendRate.rate();
    }

    /// Sends on until so many events are sent in all, and returns once the broker has all of them.
    void sendUntil(int events) {
        for (; sent < events; sent++) {
            long due = dueAt(sent);
            ProducerRecord<byte[], byte[]> outgoing = publisher.recordOf(workload.next());
            outgoing.headers()
                    .add(
                            SubjectJob.SENT,
                            ByteBuffer.allocate(Long.BYTES).putLong(due).array());
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            publisher.send(outgoing);
        }
        publisher.flush();
    }

    /// When the event was due that caused a decision.
    static long dueOf(ConsumerRecord<byte[], byte[]> decision) {
        Header sent = decision.headers().lastHeader(SubjectJob.SENT);
        if (sent == null) {
            throw new BenchException("A decision does not carry the header " + SubjectJob.SENT + " of its cause");
        }
        return ByteBuffer.wrap(sent.value()).getLong();
    }
}
