package io.keyward.console.replica;

/// An answer of the console. In JSON, the fields of [Staleness] and of some other records are written
/// beside its own.
///
/// Its collections belong to it and are not changed afterwards.
public interface Answer {
    /// The source in the events that an answer proposes.
    String SOURCE = "keyward console";

    /// How current and how complete the answer is.
    Staleness staleness();
}
