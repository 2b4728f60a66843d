package io.keyward.vault.watch;

import io.keyward.vault.ProbeOutcome;
import java.time.Duration;

/// Is told of every probe; for metrics. Called on many threads: must be fast and must not throw.
public interface ProbeObserver {
    /// A probe had this outcome after so long.
    void probed(ProbeOutcome verdict, Duration took);
}
