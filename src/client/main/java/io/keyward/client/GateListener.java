package io.keyward.client;

/// Takes delivered data back.
@FunctionalInterface
public interface GateListener {
    /// Data became forbidden that was not forbidden before, as far as the gate had read. No delivery runs
    /// meanwhile, and the gate reads nothing until this method returns.
    ///
    /// Called at least once for each retraction. At each start, and after each failure, it is called again for
    /// everything that is forbidden, because the gate may have missed the moment. If it throws, the gate
    /// restarts.
    void onRetraction(Retraction retraction);
}
