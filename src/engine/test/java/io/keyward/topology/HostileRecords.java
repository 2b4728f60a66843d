package io.keyward.topology;

import io.keyward.avro.EventWriter;
import io.keyward.client.Topic;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.id.RefusalCode;
import io.keyward.event.Component;
import io.keyward.event.EnvironmentChanged;
import io.keyward.event.FailedItem;
import io.keyward.event.FlowInventory;
import io.keyward.event.HostedMachineGroup;
import io.keyward.event.KeyReference;
import io.keyward.event.ReportedItems;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Records that no producer should send, each with its expected result; the same seed gives the same records.
///
/// Records to be refused name tenants that have good events; records that may be accepted name tenants of
/// their own.
public final class HostileRecords {
    /// The prefix of tenants with good events in between.
    public static final String GOOD = "good-";

    /// The header with the number of a record.
    public static final String NUMBER = "number";

    private static final List<Long> ENDS_OF_TIME =
            List.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, -62_135_596_800_001L, -1L, 0L, Long.MAX_VALUE);
    private static final List<String> BAD_IDS = List.of(
            "",
            " ",
            "\t",
            "a/b",
            "/",
            ".",
            "..",
            "a\\b",
            "\u0000",
            "a\u0000b",
            "\u001b[31m",
            "a\u0085b",
            "\u007f",
            "x".repeat(201),
            "\u200b",
            "a\u202eb",
            "a\u2028b",
            "\u00a0");
    private static final List<String> BAD_NAMES =
            List.of("", " ", "\u0000", "a\nb", "x".repeat(201), "\u0130".repeat(90), "not a uri", "a_b", "\u212a");

    private static final List<String> BAD_VAULTS = List.of(
            "",
            "v",
            "http://v",
            "https://",
            "https://v/keys/k",
            "https://u:p@v/?x#z",
            "https://v?x",
            "https://v:0",
            "https://v:8443",
            "https://10.0.0.1",
            "https://1.v",
            " https://v");

    /// Writes a record as a producer of the topic does.
    @FunctionalInterface
    public interface Encoder {
        byte[] bytes(Topic topic, SpecificRecord value);
    }

    /// A record, and the codes with one of which it must be refused.
    ///
    /// @param mayBeTaken whether it may be accepted
    @SuppressWarnings("ArrayRecordComponent") // sent once, never compared
    public record Hostile(
            String kind, Topic topic, byte[] value, Headers headers, Set<RefusalCode> codes, boolean mayBeTaken) {}

    @FunctionalInterface
    private interface Kind {
        Hostile next();
    }

    private final Random random;
    private final Encoder encoder;
    private final List<Kind> kinds = List.of(
            this::randomBytes,
            this::unknownSchema,
            this::truncated,
            this::withMoreBehind,
            this::ofAnotherTopic,
            this::underAnotherSchema,
            this::flipped,
            this::flipped,
            this::badId,
            this::badId,
            this::badName,
            this::badNumber,
            this::badReport,
            this::impossibleLength,
            this::withoutValue,
            this::inTheFuture,
            this::atTheEndsOfTime,
            this::badSchemaHeader,
            this::longTexts,
            this::longHeaders,
            this::manyGroups,
            this::tooLarge);
    private int number;

    public HostileRecords(long seed, Encoder encoder) {
        this.random = new Random(seed);
        this.encoder = encoder;
    }

    /// The next record, with its number in its headers. Large ones are rare, to keep the test fast.
    public Hostile next() {
        Kind kind = kinds.get(random.nextInt(random.nextInt(50) == 0 ? kinds.size() : kinds.size() - 3));
        Hostile hostile = kind.next();
        hostile.headers().add(NUMBER, Integer.toString(number++).getBytes(StandardCharsets.UTF_8));
        return hostile;
    }

    private Hostile randomBytes() {
        byte[] bytes = new byte[random.nextInt(400)];
        random.nextBytes(bytes);
        if (bytes.length > 0 && bytes[0] == 0) {
            bytes[0] = 1;
        }
        return refused("random bytes", anyTopic(), bytes, RefusalCode.UNREADABLE);
    }

    private Hostile unknownSchema() {
        Topic topic = anyTopic();
        byte[] bytes = bytesOf(topic, good(topic));
        bytes[1] = (byte) (0x40 + random.nextInt(0x40));
        bytes[4] = (byte) random.nextInt(8);
        return refused("a schema id that is not registered", topic, bytes, RefusalCode.UNREADABLE);
    }

    private Hostile truncated() {
        Topic topic = anyTopic();
        byte[] complete = bytesOf(topic, good(topic));
        byte[] part = Arrays.copyOf(complete, random.nextInt(complete.length));
        return refused("a truncated event", topic, part, RefusalCode.UNREADABLE);
    }

    private Hostile withMoreBehind() {
        Topic topic = anyTopic();
        byte[] complete = bytesOf(topic, good(topic));
        byte[] more = Arrays.copyOf(complete, complete.length + 1 + random.nextInt(1_000));
        return refused("an event with more behind it", topic, more, RefusalCode.UNREADABLE);
    }

    private Hostile ofAnotherTopic() {
        Topic topic = anyTopic();
        Topic other = anyTopicBut(topic);
        return refused("an event of another topic", topic, bytesOf(other, good(other)), RefusalCode.WRONG_SCHEMA);
    }

    private Hostile underAnotherSchema() {
        Topic topic = anyTopic();
        Topic other = anyTopicBut(topic);
        byte[] bytes = bytesOf(topic, good(topic));
        System.arraycopy(bytesOf(other, good(other)), 0, bytes, 0, 5);
        return new Hostile(
                "an event under another schema's id",
                topic,
                bytes,
                new RecordHeaders(),
                EnumSet.of(RefusalCode.UNREADABLE, RefusalCode.WRONG_SCHEMA),
                false);
    }

    /// Random bytes, which can even be an event.
    private Hostile flipped() {
        Topic topic = anyTopic();
        byte[] bytes = bytesOf(topic, hostile(topic));
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
            bytes[5 + random.nextInt(bytes.length - 5)] ^= (byte) (1 << random.nextInt(8));
        }
        return new Hostile("flipped bits", topic, bytes, new RecordHeaders(), EnumSet.allOf(RefusalCode.class), true);
    }

    private Hostile badId() {
        Topic topic = anyTopic();
        SpecificRecord value = good(topic);
        List<String> fields = List.of("eventId", "tenantId", "environmentId", "policyId").stream()
                .filter(name -> value.getSchema().getField(name) != null)
                .toList();
        set(value, any(fields), any(BAD_IDS));
        return refused("a bad id", topic, bytesOf(topic, value), RefusalCode.INVALID_ID);
    }

    private Hostile badName() {
        Topic topic = any(List.of(Topic.KEY_ROTATED, Topic.KEY_REVOKED, Topic.KEY_RESTORED, Topic.POLICY_APPLIED));
        SpecificRecord value = good(topic);
        if (topic == Topic.POLICY_APPLIED) {
            set(value, "key", new KeyReference(any(BAD_VAULTS), "k", null));
        } else if (random.nextBoolean()) {
            set(value, "vaultUri", any(BAD_VAULTS));
        } else {
            set(value, "keyName", any(BAD_NAMES));
        }
        return refused("a bad name", topic, bytesOf(topic, value), RefusalCode.INVALID_FIELD);
    }

    private Hostile badNumber() {
        int negative = -1 - random.nextInt(Integer.MAX_VALUE);
        if (random.nextBoolean()) {
            SpecificRecord limit = good(Topic.TENANT_LIMIT_CHANGED);
            set(limit, "environmentLimit", negative);
            return refused(
                    "a negative limit",
                    Topic.TENANT_LIMIT_CHANGED,
                    bytesOf(Topic.TENANT_LIMIT_CHANGED, limit),
                    RefusalCode.INVALID_FIELD);
        }
        SpecificRecord changed = good(Topic.ENVIRONMENT_CHANGED);
        switch (random.nextInt(3)) {
            case 0 -> set(changed, "nonOAuthConnections", negative);
            case 1 -> set(changed, "hostedMachines", negative);
            default -> set(changed, "cloudFlows", new FlowInventory(negative, null, null, null, List.of()));
        }
        return ofEnvironment("a negative count", changed, RefusalCode.INVALID_FIELD);
    }

    private Hostile badReport() {
        SpecificRecord report = good(Topic.ENFORCEMENT_REPORTED);
        int more = 1 + random.nextInt(1_000);
        switch (random.nextInt(7)) {
            case 0 -> set(report, "component", Component.UNKNOWN);
            case 1 -> set(report, "items", List.of(new ReportedItems(null, (long) -more)));
            case 2 -> set(report, "items", List.of(new ReportedItems(new KeyReference("https://v", "k", null), 1L)));
            case 3 ->
                set(
                        report,
                        "items",
                        Collections.nCopies(EnforcementReport.MAX_ENTRIES + more, new ReportedItems(null, 0L)));
            case 4 -> set(report, "failedCount", (long) -more);
            case 5 ->
                set(
                        report,
                        "failed",
                        Collections.nCopies(EnforcementReport.MAX_FAILED + more, new FailedItem("i", "r")));
            default -> set(report, "parts", Collections.nCopies(EnforcementReport.MAX_ENTRIES + more, "p"));
        }
        return refused(
                "a report that contains too much or nothing",
                Topic.ENFORCEMENT_REPORTED,
                bytesOf(Topic.ENFORCEMENT_REPORTED, report),
                RefusalCode.INVALID_FIELD);
    }

    /// The first text claims to be longer than the record. A decoder that trusts it would notice too late.
    private Hostile impossibleLength() {
        Topic topic = anyTopic();
        byte[] complete = bytesOf(topic, good(topic));
        byte[] claim = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) (1 + random.nextInt(15))};
        byte[] bytes = Arrays.copyOf(complete, complete.length + claim.length);
        System.arraycopy(claim, 0, bytes, 5, claim.length);
        return refused("an impossible length", topic, bytes, RefusalCode.UNREADABLE);
    }

    private Hostile withoutValue() {
        return refused("no value", anyTopic(), null, RefusalCode.MISSING_VALUE);
    }

    private Hostile inTheFuture() {
        Topic topic = anyTopic();
        SpecificRecord value = good(topic);
        set(value, "occurredAt", Instant.ofEpochMilli(Long.MAX_VALUE - random.nextInt(1_000)));
        return refused("an event of the future", topic, bytesOf(topic, value), RefusalCode.TIMESTAMP_IN_FUTURE);
    }

    /// Times other than the event's own may be as late as can be; none may be early.
    private Hostile atTheEndsOfTime() {
        Topic topic = anyTopic();
        SpecificRecord value = hostile(topic);
        Instant end = Instant.ofEpochMilli(any(ENDS_OF_TIME));
        boolean early = end.isBefore(Bounds.DEFAULT.minTime());
        if (early) {
            set(value, "occurredAt", end);
        }
        if (value.getSchema().getField("expiresAt") != null) {
            set(value, "expiresAt", end);
        }
        if (value instanceof EnvironmentChanged) {
            set(value, "cloudFlows", flows(end, end));
            set(value, "hostedMachineGroups", List.of(new HostedMachineGroup("g" + random.nextInt(9), end)));
        }
        return early
                ? refused("an early time", topic, bytesOf(topic, value), RefusalCode.INVALID_FIELD)
                : taken("a time at the end of the range", topic, value);
    }

    private static FlowInventory flows(Instant oldest, Instant newest) {
        return new FlowInventory(3, oldest, newest, null, List.of());
    }

    private Hostile badSchemaHeader() {
        Topic topic = anyTopic();
        byte[] header = new byte[any(List.of(0, 1, 4, 5, 16, 17, 18, 100))];
        random.nextBytes(header);
        if (header.length == 5) {
            header[1] = 0x7f;
        }
        Hostile hostile =
                refused("a header that names no schema", topic, bytesOf(topic, good(topic)), RefusalCode.UNREADABLE);
        hostile.headers().add("__value_schema_id", header);
        return hostile;
    }

    private Hostile longTexts() {
        SpecificRecord changed = hostile(Topic.ENVIRONMENT_CHANGED);
        set(changed, "source", "s".repeat(random.nextInt(300_000)));
        set(changed, "region", "\u65e5".repeat(random.nextInt(100_000)));
        return taken("long texts that no rule asks for", Topic.ENVIRONMENT_CHANGED, changed);
    }

    private Hostile longHeaders() {
        Topic topic = anyTopic();
        Hostile hostile = taken("long headers", topic, hostile(topic));
        hostile.headers().add("x".repeat(random.nextInt(10_000)), new byte[random.nextInt(200_000)]);
        hostile.headers().add("\u0000\ufffd", null);
        return hostile;
    }

    private Hostile manyGroups() {
        SpecificRecord changed = good(Topic.ENVIRONMENT_CHANGED);
        int count = Snapshot.MAX_GROUPS + 1 + random.nextInt(20_000);
        set(
                changed,
                "hostedMachineGroups",
                IntStream.range(0, count)
                        .mapToObj(n -> new HostedMachineGroup("g" + n, Instant.EPOCH))
                        .toList());
        return ofEnvironment("more groups than there can be", changed, RefusalCode.INVALID_FIELD);
    }

    private Hostile tooLarge() {
        SpecificRecord changed = good(Topic.ENVIRONMENT_CHANGED);
        set(changed, "region", "x".repeat(RecordLimits.MIN_TOPIC_BYTES + random.nextInt(1_000_000)));
        return ofEnvironment("more bytes than can be passed on", changed, RefusalCode.TOO_LARGE);
    }

    private Hostile ofEnvironment(String kind, SpecificRecord changed, RefusalCode code) {
        return refused(kind, Topic.ENVIRONMENT_CHANGED, bytesOf(Topic.ENVIRONMENT_CHANGED, changed), code);
    }

    private static Hostile refused(String kind, Topic topic, byte[] value, RefusalCode code) {
        return new Hostile(kind, topic, value, new RecordHeaders(), EnumSet.of(code), false);
    }

    private Hostile taken(String kind, Topic topic, SpecificRecord value) {
        return new Hostile(
                kind, topic, bytesOf(topic, value), new RecordHeaders(), EnumSet.noneOf(RefusalCode.class), true);
    }

    private SpecificRecord good(Topic topic) {
        return value(topic, GOOD + random.nextInt(20));
    }

    private SpecificRecord hostile(Topic topic) {
        return value(topic, "hostile-" + random.nextInt(20));
    }

    private SpecificRecord value(Topic topic, String tenant) {
        return EventWriter.write(event(topic, tenant), "");
    }

    private Event event(Topic topic, String tenant) {
        int day = 1 + random.nextInt(60);
        String environment = "e" + random.nextInt(5);
        String key = "k" + random.nextInt(3);
        return switch (topic) {
            case POLICY_APPLIED -> Events.applied(day, tenant, environment, key);
            case POLICY_REMOVED -> Events.removed(day, tenant, environment, key);
            case ENVIRONMENT_CHANGED -> Events.clean(day, tenant, environment);
            case KEY_ROTATED -> Events.rotated(day, tenant, key, "v" + day);
            case KEY_REVOKED -> Events.revoked(day, tenant, key);
            case KEY_RESTORED -> Events.restored(day, tenant, key);
            case KEY_EXPIRING -> Events.expiring(day, tenant, key, "v" + day);
            case ENFORCEMENT_REPORTED -> Events.reported(day, tenant, environment, key);
            case TENANT_LIMIT_CHANGED -> Events.limit(day, tenant, day);
            case ENCRYPTION_DECISIONS,
                    WARNINGS,
                    ANALYTICS_SUPPRESSIONS,
                    ERASURES,
                    PROGRESS,
                    TIME_REACHED,
                    TENANT_ERASED,
                    KEY_HINTS,
                    KEY_WATCH,
                    REROUTED,
                    DEAD_LETTERS -> throw new IllegalArgumentException(topic + " is not an input");
        };
    }

    private static void set(SpecificRecord value, String field, Object content) {
        Schema.Field found = value.getSchema().getField(field);
        value.put(found.pos(), content);
    }

    private byte[] bytesOf(Topic topic, SpecificRecord value) {
        return encoder.bytes(topic, value);
    }

    private Topic anyTopic() {
        return any(Topic.inputs());
    }

    private Topic anyTopicBut(Topic topic) {
        List<Topic> others = new ArrayList<>(Topic.inputs());
        others.remove(topic);
        return any(others);
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
