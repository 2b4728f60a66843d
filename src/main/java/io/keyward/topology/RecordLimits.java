package io.keyward.topology;

/// How large a record may be, in bytes as a producer counts them before compression.
///
/// Every topic that is written has to take records of [#LEAST] bytes; none that follows from accepted facts is larger.
/// Only what is passed on as received, rerouted or refused, can be of any size, for a compressed input has no limit.
///
/// @param admitted a larger input is refused, for it could not be passed on whole to its tenant's partition
/// @param deadLetter a larger dead letter is cut
public record RecordLimits(int admitted, int deadLetter) {
    /// What each topic that is written must take at least: Kafka's own default of `max.message.bytes`.
    public static final int MIN_TOPIC_BYTES = 1_048_588;

    /// Room for what passing on adds: headers, and the tenant in place of the key.
    private static final int ADDED = 32 * 1024;

    /// What compression can add to bytes that it cannot make smaller.
    private static final int INCOMPRESSIBLE = 1024;

    /// With the topics and the producer as Kafka makes them.
    public static final RecordLimits DEFAULT = within(1024 * 1024, 1024 * 1024);

    /// The limits that follow from the largest records that can be written to the two topics.
    public static RecordLimits within(int rerouted, int deadLetters) {
        return new RecordLimits(Math.min(rerouted, deadLetters) - ADDED, deadLetters - INCOMPRESSIBLE);
    }
}
