package io.keyward.cluster;

import io.keyward.client.Coordinates;
import io.keyward.client.EventSender;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends records from its own thread, because the schema registry or the cluster may block. Safe for many threads.
///
/// After some errors, such as a failed authentication, an idempotent producer rejects every further record. Then
/// the next record goes to a new producer, and records in flight fail.
public final class QueuedSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueuedSender.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Supplier<EventSender> senders;
    private final ThreadPoolExecutor thread;
    private final Duration closeLimit;
    private volatile EventSender sender;
    private volatile boolean unusable;
    private volatile boolean closed;

    /// Sends a record as [EventSender#send] does.
    public interface Sending {
        CompletableFuture<Coordinates> send(ProducerRecord<byte[], byte[]> record);
    }

    /// Creates the first sender.
    ///
    /// @param name of the thread
    /// @param limit the maximum number of waiting tasks
    public QueuedSender(String name, int limit, Supplier<EventSender> senders) {
        this(name, limit, senders, CLOSE_LIMIT);
    }

    QueuedSender(String name, int limit, Supplier<EventSender> senders, Duration closeLimit) {
        this.senders = senders;
        this.closeLimit = closeLimit;
        this.sender = senders.get();
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(limit),
                Thread.ofPlatform().name(name).daemon().factory());
    }

    /// Queues a task that sends records, and returns at once.
    ///
    /// @param task runs after earlier tasks; skipped if the result is completed before, for example by a timeout
    /// @return completes with the task's own result; exceptionally if the task fails, the queue is full, or the
    ///     sender is closed
    public <T> CompletableFuture<T> submit(Function<Sending, CompletableFuture<T>> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            thread.execute(() -> run(task, result));
        } catch (RejectedExecutionException refused) {
            result.completeExceptionally(new IllegalStateException(
                    "too many records are waiting for Kafka, or the instance is stopping", refused));
        }
        return result;
    }

    private <T> void run(Function<Sending, CompletableFuture<T>> task, CompletableFuture<T> result) {
        if (result.isDone()) {
            return;
        }
        try {
            if (closed) {
                throw new IllegalStateException("the instance is stopping");
            }
            var _ = task.apply(this::send).whenComplete((value, failure) -> {
                if (failure == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(failure instanceof CompletionException ? failure.getCause() : failure);
                }
            });
        } catch (RuntimeException failure) {
            result.completeExceptionally(failure);
        }
    }

    private CompletableFuture<Coordinates> send(ProducerRecord<byte[], byte[]> record) {
        if (unusable) {
            LOG.warn("Replacing the producer after a fatal error");
            sender.close(Duration.ZERO);
            sender = senders.get();
            unusable = false;
        }
        try {
            return sender.send(record).whenComplete((_, failure) -> {
                if (failure instanceof ApplicationRecoverableException) {
                    unusable = true;
                }
            });
        } catch (RuntimeException failure) {
            // Errors of a single record complete the result instead, so this one is of the producer.
            unusable = true;
            throw failure;
        }
    }

    /// The number of tasks that wait for the thread.
    int waiting() {
        return thread.getQueue().size();
    }

    /// Sends waiting records within a time limit. Then interrupts a blocked task; unacknowledged records fail.
    @Override
    public void close() {
        thread.shutdown();
        if (!hasEnded()) {
            closed = true;
            thread.shutdownNow().forEach(Runnable::run);
            hasEnded();
        }
        sender.close(closeLimit);
    }

    private boolean hasEnded() {
        try {
            return thread.awaitTermination(closeLimit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
