package io.keyward.chaos.fault;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A disk for the state of an instance, which can become full.
public interface Disk extends AutoCloseable {
    /// A small file system at the folder, or a limit on the size of files if this system lets us mount none.
    static Disk at(Path folder) {
        Optional<SmallDisk> disk = SmallDisk.mount(folder);
        return disk.isPresent() ? disk.get() : new FileLimit();
    }

    /// A command that starts the instance on the disk: it replaces itself by the command that follows it.
    List<String> commandPrefix();

    /// Lets nothing more be written.
    void fill(ProcessorInstance instance);

    /// Makes room again.
    void free(ProcessorInstance instance);

    @Override
    void close();
}
