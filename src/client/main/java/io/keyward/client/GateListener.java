package io.keyward.client;

/// Takes back what was delivered.
@FunctionalInterface
public interface GateListener {
    /// Data became forbidden that was not, as far as the gate had read. No delivery runs meanwhile, and the
    /// gate reads nothing more until this returns.
    ///
    /// Told at least once. At each start, and after each failure, everything that is forbidden is told again,
    /// because it may have become so while nobody listened. What this throws makes the gate begin anew.
    void onRetraction(Retraction retraction);
}
