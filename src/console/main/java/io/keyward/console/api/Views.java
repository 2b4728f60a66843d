package io.keyward.console.api;

import io.keyward.console.replica.ReplicaView;
import io.keyward.ops.http.Caller;

/// Opens views of the replica. The caller must close them.
@FunctionalInterface
public interface Views {
    /// A view of what the replica holds now, restricted to what the caller may see.
    ///
    /// @throws NotCaughtUpException until the replica has read what was committed before it started
    ReplicaView open(Caller caller);
}
