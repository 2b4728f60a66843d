package io.keyward.sandbox.vault;

import java.util.Optional;

/// Decides which fault to inject. It is asked about every call, from many threads.
@FunctionalInterface
public interface Interference {
    /// No faults.
    Interference NONE = call -> Optional.empty();

    Optional<Fault> on(Call call);
}
