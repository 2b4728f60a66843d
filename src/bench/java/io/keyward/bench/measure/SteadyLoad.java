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

/// Sends events at a fixed rate.
///
/// Each event carries the time when it was due, not the time when it was sent. If the sender or the subject is
/// delayed, the following events are late and count as late. This avoids coordinated omission.
final class SteadyLoad {
    private final Publisher publisher;
    private final SendRate sendRate;
    private final Workload workload;
    private final long begin = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    private int sent;

    /// The first event is due in one second.
    SteadyLoad(Publisher publisher, SendRate sendRate, long seed) {
        this.publisher = publisher;
        this.sendRate = sendRate;
        workload = new Workload(WorkloadSize.ofEvents(seed, sendRate.events()));
    }

    /// The time when this event is due, on the clock of [System#nanoTime]. The first event has the number 0.
    long dueAt(int number) {
        return begin + TimeUnit.SECONDS.toNanos(1) * number / sendRate.rate();
    }

    /// Sends until this many events are sent in total. Returns when the broker has all of them.
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

    /// The time when the event that caused this decision was due.
    static long dueOf(ConsumerRecord<byte[], byte[]> decision) {
        Header sent = decision.headers().lastHeader(SubjectJob.SENT);
        if (sent == null) {
            throw new BenchException("A decision does not carry the header " + SubjectJob.SENT + " of its cause");
        }
        return ByteBuffer.wrap(sent.value()).getLong();
    }
}
