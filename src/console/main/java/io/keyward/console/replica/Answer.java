package io.keyward.console.replica;

/// An answer of the console. In JSON, the fields of [Staleness], and those of some other records that it has,
/// stand beside its own.
///
/// The collections belong to the records: they are never changed afterwards.
public interface Answer {
    /// The source of the events that an answer proposes.
    String SOURCE = "keyward console";

    /// How far the answer reaches.
    Staleness extent();
}
