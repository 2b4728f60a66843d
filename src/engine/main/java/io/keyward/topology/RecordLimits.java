package io.keyward.topology;

/// The largest record sizes, in bytes before compression, as a producer counts them.
///
/// Every output topic must accept records of [#MIN_TOPIC_BYTES] bytes; no output that follows from accepted
/// facts is larger. Only records that are forwarded as received (rerouted or refused) can be larger, because a
/// compressed input has no limit.
///
/// @param admitted a larger input is refused, because it could not be rerouted completely
/// @param deadLetter a larger dead-letter record is truncated
public record RecordLimits(int admitted, int deadLetter) {
    /// The record size that each output topic must accept: Kafka's default of `max.message.bytes`.
    public static final int MIN_TOPIC_BYTES = 1_048_588;

    /// Room for what rerouting adds: headers, and the tenant as the key.
    private static final int ADDED = 32 * 1024;

    /// How much compression can add to incompressible bytes.
    private static final int INCOMPRESSIBLE = 1024;

    /// The limits with Kafka's defaults for topics and producer.
    public static final RecordLimits DEFAULT = within(1024 * 1024, 1024 * 1024);

    /// The limits that follow from the maximum record sizes of the two topics.
    public static RecordLimits within(int rerouted, int deadLetters) {
        return new RecordLimits(Math.min(rerouted, deadLetters) - ADDED, deadLetters - INCOMPRESSIBLE);
    }
}
