package io.keyward.console.api;

import io.keyward.console.replica.ReplicaView;
import io.keyward.ops.http.Caller;

/// Opens views of the replica. The caller closes them.
@FunctionalInterface
public interface Views {
    /// A view of what the replica holds now and the caller may know.
    ///
    /// @throws NotCaughtUpException while the replica has not read yet what was there when it started
    ReplicaView open(Caller caller);
}
