package io.keyward.chaos;

import io.keyward.testing.process.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Lets no file of an instance grow while the disk counts as full: the system refuses what it writes, as a full disk
/// does, if with another error.
final class FileLimit implements Disk {
    private boolean full;

    @Override
    public List<String> enter() {
        return full ? List.of("prlimit", "--fsize=0:unlimited") : List.of();
    }

    @Override
    public void fill(Member instance) {
        full = true;
        limit(instance, "0");
    }

    @Override
    public void free(Member instance) {
        full = false;
        limit(instance, "unlimited");
    }

    /// An instance that has ended has no limit.
    private static void limit(Member instance, String size) {
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
