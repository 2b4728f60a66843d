package io.keyward.chaos.load;

import io.keyward.client.Topic;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.contract.EventLine;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Records that are refused, with every code in turn but TOO_LARGE, which needs records of a megabyte.
public final class BadRecords implements InputSource {
    private static final List<RefusalCode> CODES = List.copyOf(EnumSet.complementOf(EnumSet.of(RefusalCode.TOO_LARGE)));
    private static final Topic TOPIC = Topic.POLICY_REMOVED;
    private static final Instant TIME = Instant.parse("2026-03-01T00:00:00Z");
    private static final byte[] UNKNOWN_SCHEMA = {0, 0x7f, 0, 0, 0, 1, 2, 3};

    private final EventEncoder encoder;
    private final Random random;
    private int turn;

    public BadRecords(EventEncoder encoder, Random random) {
        this.encoder = encoder;
        this.random = random;
    }

    @Override
    public Input next() {
        RefusalCode code = CODES.get(turn++ % CODES.size());
        return switch (code) {
            case UNREADABLE -> input(TOPIC, Optional.of(random.nextBoolean() ? noise() : UNKNOWN_SCHEMA.clone()), code);
            case WRONG_SCHEMA -> input(Topic.KEY_ROTATED, Optional.of(encoder.bytes(removal(TIME))), code);
            case MISSING_VALUE -> input(TOPIC, Optional.empty(), code);
            case INVALID_ID -> input(TOPIC, Optional.of(encoder.bytes(withSeparatorInItsId())), code);
            case INVALID_FIELD -> input(Topic.TENANT_LIMIT_CHANGED, Optional.of(encoder.bytes(negativeLimit())), code);
            case TOO_LARGE -> throw new IllegalArgumentException("Not produced here: " + code);
            case TIMESTAMP_IN_FUTURE ->
                input(TOPIC, Optional.of(encoder.bytes(removal(Instant.now().plus(Duration.ofDays(1_000))))), code);
        };
    }

    private Input input(Topic topic, Optional<byte[]> value, RefusalCode code) {
        String key = "bad-" + random.nextInt(100);
        return new Input(topic, Optional.empty(), Optional.of(key), value, new Input.IsRefused(code));
    }

    /// Bytes that are not in Confluent's wire format.
    private byte[] noise() {
        byte[] bytes = new byte[1 + random.nextInt(200)];
        random.nextBytes(bytes);
        bytes[0] = 1;
        return bytes;
    }

    private static Event removal(Instant at) {
        return new Event.PolicyRemoved(
                new TenantId("bad"), new Stamp(at, new EventId("removal")), new EnvironmentId("e"), new PolicyId("p"));
    }

    private static EventLine withSeparatorInItsId() {
        return EventLine.parse("""
                {"topic": "policy-removed", "value": {"eventId": "e", "tenantId": "a/b", \
                "occurredAt": "2026-03-01T00:00:00Z", "environmentId": "e", "policyId": "p"}}""");
    }

    private static EventLine negativeLimit() {
        return EventLine.parse("""
                {"topic": "tenant-limit-changed", "value": {"eventId": "e", "tenantId": "bad", \
                "occurredAt": "2026-03-01T00:00:00Z", "environmentLimit": -1}}""");
    }
}
