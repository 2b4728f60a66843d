package io.keyward.client;

/// The outcome of an event, as far as a reader of `progress` and `dead-letters` knows.
public sealed interface Outcome {
    /// The event is among the facts, and everything that follows from it is written to the outputs, including the
    /// fan-out of keys with many environments.
    record Decided() implements Outcome {}

    /// The event was refused and changes nothing. Correct it, and publish it again.
    ///
    /// @param code one of the refusal codes, such as `INVALID_FIELD`
    /// @param detail one sentence that names the field; it may be shortened, and never quotes a whole event
    record Refused(String code, String detail) implements Outcome {}

    /// There is no record with these coordinates, as far as the cluster knows: the topic was recreated or
    /// deleted, or they belong to another cluster. Do not wait: publish the event again.
    ///
    /// @param why one sentence or two, for logs
    record Unknown(String why) implements Outcome {}

    /// Not known yet; ask again. It stays so while the processor is down or behind, or while its outputs cannot
    /// be read.
    record Pending() implements Outcome {}
}
