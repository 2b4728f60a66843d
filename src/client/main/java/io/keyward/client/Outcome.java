package io.keyward.client;

/// What has become of an event, as far as a reader of `progress` and `dead-letters` knows.
public sealed interface Outcome {
    /// The event is among the facts, and all that follows from it is written to the outputs, also for keys
    /// with many environments.
    record Decided() implements Outcome {}

    /// The event was refused; it changes nothing. Repair it, and publish it again.
    ///
    /// @param code one of the refusal codes, such as `INVALID_FIELD`
    /// @param detail one sentence that names the field; it may be shortened, and quotes no whole event
    record Refused(String code, String detail) implements Outcome {}

    /// There is no record at those coordinates, as far as the cluster knows: the topic was recreated or deleted, or
    /// they are of another cluster. Do not wait: publish the event again.
    ///
    /// @param why one sentence or two, for logs
    record Unknown(String why) implements Outcome {}

    /// It is not known yet; ask again. It stays so while the processor does not run, is behind, or
    /// cannot be read.
    record Pending() implements Outcome {}
}
