package io.keyward.topology.store;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Repeats a task on a daemon thread of its own, with a pause before each run.
public final class PeriodicTask implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /// One run of the task. An exception ends the thread.
    @FunctionalInterface
    public interface Task {
        void run() throws InterruptedException;
    }

    public PeriodicTask(String threadName, Duration pause, Task task) {
        thread = Thread.ofPlatform().daemon().name(threadName).unstarted(() -> repeat(pause, task));
    }

    public void start() {
        thread.start();
    }

    private void repeat(Duration pause, Task task) {
        try {
            while (pause(pause)) {
                task.run();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for that time. Returns false at once when this is stopped.
    boolean pause(Duration time) throws InterruptedException {
        return !closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Prevents further runs; does not wait for a run in progress.
    public void stop() {
        closed.countDown();
    }

    public boolean isStopped() {
        return closed.getCount() == 0;
    }

    /// Stops, and interrupts a run in progress without waiting for it.
    public void interrupt() {
        stop();
        thread.interrupt();
    }

    /// Stops, and waits up to five seconds for a run in progress.
    @Override
    public void close() {
        stop();
        try {
            thread.join(CLOSE_LIMIT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
