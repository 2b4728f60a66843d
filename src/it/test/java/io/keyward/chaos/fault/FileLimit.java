package io.keyward.chaos.fault;

import io.keyward.testing.process.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Limits the size of an instance's files to zero while the disk counts as full: every write fails as on a full
/// disk, but with another error.
final class FileLimit implements Disk {
    private boolean full;

    @Override
    public List<String> commandPrefix() {
        return full ? List.of("prlimit", "--fsize=0:unlimited") : List.of();
    }

    @Override
    public void fill(ProcessorInstance instance) {
        full = true;
        limit(instance, "0");
    }

    @Override
    public void free(ProcessorInstance instance) {
        full = false;
        limit(instance, "unlimited");
    }

    /// Does nothing to an instance that has ended.
    private static void limit(ProcessorInstance instance, String size) {
        instance.pid().ifPresent(pid -> {
            try {
                var _ = new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--fsize=" + size + ":unlimited")
                        .start()
                        .waitFor();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException interruption) {
                throw Patience.interrupted(interruption);
            }
        });
    }

    @Override
    public void close() {
        // nothing outlives the instance
    }
}
