package io.keyward.chaos;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What an instance keeps its state on, and that can become full.
interface Disk extends AutoCloseable {
    /// A small file system at the folder; where this system does not let us mount one, a limit on the size of files.
    static Disk at(Path folder) {
        Optional<SmallDisk> disk = SmallDisk.mount(folder);
        return disk.isPresent() ? disk.get() : new FileLimit();
    }

    /// The command that starts the instance on the disk, as the same process.
    List<String> enter();

    /// From now on nothing more can be written.
    void fill(Member instance);

    /// There is room again.
    void free(Member instance);

    @Override
    void close();
}
