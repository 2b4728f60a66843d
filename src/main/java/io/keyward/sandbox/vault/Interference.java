package io.keyward.sandbox.vault;

import java.util.Optional;

/// Decides what goes wrong; asked on every call, from many threads.
@FunctionalInterface
public interface Interference {
    /// No fault: the call is answered as usual.
    Interference NONE = call -> Optional.empty();

    Optional<Fault> on(Call call);
}
