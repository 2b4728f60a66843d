package io.keyward.avro;

import io.keyward.domain.decision.Cause;

/// Translates the cause of an output.
final class CauseCodec {

    private CauseCodec() {}

    static io.keyward.decision.Cause write(Cause cause) {
        return new io.keyward.decision.Cause(
                cause.eventType(),
                cause.eventId(),
                cause.occurredAt(),
                cause.topic(),
                cause.partition(),
                cause.offset());
    }

    static Cause read(io.keyward.decision.Cause cause) {
        return new Cause(
                cause.getEventType(),
                cause.getEventId(),
                cause.getOccurredAt(),
                cause.getTopic(),
                cause.getPartition(),
                cause.getOffset());
    }
}
