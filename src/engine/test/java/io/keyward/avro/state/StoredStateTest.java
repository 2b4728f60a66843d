package io.keyward.avro.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keyward.avro.AvroBytes;
import io.keyward.avro.SchemaFiles;
import io.keyward.avro.json.AvroJson;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.SeriesMemory;
import io.keyward.domain.SinkPeriods;
import io.keyward.domain.Slot;
import io.keyward.domain.Timer;
import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.IncidentId;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Retention;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.FlowMigration;
import io.keyward.domain.event.HostedMachineGroup;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Protection;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Newest;
import io.keyward.domain.fact.PartReports;
import io.keyward.domain.fact.Register;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.FlowId;
import io.keyward.domain.id.GroupId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PartName;
import io.keyward.domain.id.PolicyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Checks that the stored form does not change, because existing stores contain it.
class StoredStateTest {

    private static final KeyId KEY = new KeyId("https://contoso.vault.azure.net", "cmk");

    static Stream<Arguments> stored() {
        return Stream.of(
                Arguments.of("EnvironmentState", StateCodec.ENVIRONMENTS, environment()),
                Arguments.of("KeyFacts", StateCodec.KEYS, key()),
                Arguments.of("TenantState", StateCodec.TENANTS, tenant()),
                Arguments.of("PartReports", StateCodec.PARTS, part()),
                Arguments.of("ComponentReports", StateCodec.COMPONENTS, component()),
                Arguments.of("KnownParts", StateCodec.KNOWN_PARTS, known()),
                Arguments.of("SinkPeriods", StateCodec.SINKS, sinks()),
                Arguments.of("ErasedTenant", StateCodec.ERASURES, day(4)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stored")
    <T> void theBytesStayTheSame(String name, StateCodec<T> codec, T value) {
        var hex = hex(name);

        assertThat(HexFormat.of().formatHex(codec.write(value))).isEqualTo(hex);
        assertThat(codec.read(HexFormat.of().parseHex(hex))).isEqualTo(value);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stored")
    <T> void everyValueLiesUnderItsNameInTheSchema(String name, StateCodec<T> codec, T value) throws IOException {
        var bytes = codec.write(value);
        var schema = SchemaFiles.parse("state/" + name + ".avsc");

        var json = AvroJson.write(AvroBytes.generic(schema, PlainAvro.of(schema, bytes)));

        assertThat(json)
                .hasToString(new JsonMapper().readTree(fixture(name + ".json")).toString());
    }

    private static <T extends Fact> Newest<T> newest(int capacity, int letGo, List<T> facts) {
        return new Newest<>(capacity, facts, Optional.of(day(letGo)), Optional.of(day(1)));
    }

    private static EnvironmentState environment() {
        var snapshot = new Snapshot(
                EnvironmentType.SANDBOX,
                true,
                Lifecycle.ACTIVE,
                new FlowInventory(
                        3, Optional.of(day(1)), Optional.of(day(2)), Optional.of(2), List.of(new FlowId("flow-1"))),
                new FlowInventory(1, Optional.empty(), Optional.empty()),
                4,
                List.of(new HostedMachineGroup(new GroupId("group-1"), day(3))),
                5,
                Optional.of(new FlowMigration(FlowMigration.State.DONE, Optional.of(day(1)), Optional.of(day(2)))),
                Optional.of("Finance"));
        var facts = new EnvironmentFacts(
                Optional.of(new Register<>(stamp(4, "e4"), snapshot)),
                Optional.of(day(5)),
                newest(EnvironmentFacts.CAPACITY, 2, List.of(new Fact.Reset(stamp(6, "e6")))),
                Optional.of(day(7)),
                newest(
                        EnvironmentFacts.CAPACITY,
                        7,
                        List.of(
                                new Fact.Application(stamp(8, "e8"), new PolicyId("p1"), key("v1")),
                                new Fact.Application(
                                        stamp(9, "e9"), new PolicyId("p2"), new KeyReference(KEY, Optional.empty())))),
                newest(EnvironmentFacts.CAPACITY, 9, List.of(new Fact.Removal(stamp(10, "e10"), new PolicyId("p1")))),
                Set.of(Component.HOSTED_MACHINES, Component.DATAVERSE, Component.CLOUD_FLOWS));
        return new EnvironmentState(
                facts,
                new Slot.Held(Optional.of(day(11))),
                published(),
                new SeriesMemory(
                        Optional.of(new SeriesMemory.Known(day(8), Optional.of(day(11)), true)),
                        List.of(new SeriesMemory.Ended(
                                new SeriesMemory.Known(day(2), Optional.empty(), false), day(4)))),
                Optional.of(new Timer(day(18), day(17))));
    }

    private static Published published() {
        var decision = new Decision(
                EncryptionState.LOCKED,
                PolicyStatus.WARNING,
                Optional.of(new PolicyId("p2")),
                Optional.of(key("v2")),
                Optional.of(day(12)),
                Optional.of(day(13)),
                Optional.of(day(14)),
                Map.of(
                        Component.DATAVERSE, new ComponentProtection(Protection.LOCKED, Rule.R20),
                        Component.CLOUD_FLOWS, new ComponentProtection(Protection.MIXED, Rule.R3)),
                List.of(new Retention(key("v1"), day(15))),
                Map.of(
                        Component.DATAVERSE, new Enforcement(EnforcementStatus.DRIFTED, day(11)),
                        Component.FLOW_RUN_HISTORY, new Enforcement(EnforcementStatus.UNREPORTED, day(12))));
        var warnings = new TreeMap<WarningCode, Optional<Incident>>();
        warnings.put(
                WarningCode.KEY_REVOKED,
                Optional.of(new Incident(
                        new IncidentId(3, "cmk.key-revoked", 0, 5),
                        2,
                        day(16),
                        Severity.CRITICAL,
                        List.of("one", "two"),
                        101,
                        -7)));
        var signals = new TreeMap<String, Signal>();
        List<TimeRange> gaps = List.of(TimeRange.upTo(day(3)), new TimeRange(day(4), day(5)));
        signals.put("DATA_LAKE_EXPORT", new Signal(Signal.Action.ALLOW, day(5), gaps));
        signals.put("TENANT_REPORTING", new Signal(Signal.Action.SUPPRESS, day(17), gaps));
        return new Published(7, Optional.of(decision), warnings, signals);
    }

    private static KeyFacts key() {
        return new KeyFacts(
                newest(
                        KeyFacts.CAPACITY,
                        1,
                        List.of(new Fact.Rotation(stamp(1, "e1"), version("v2"), Optional.of(version("v1"))))),
                newest(
                        KeyFacts.CAPACITY,
                        2,
                        List.of(
                                new Fact.Revocation(stamp(2, "e2"), Optional.empty(), RevocationCause.ACCESS_REMOVED),
                                new Fact.Revocation(
                                        stamp(3, "e3"), Optional.of(version("v1")), RevocationCause.UNKNOWN))),
                newest(
                        KeyFacts.CAPACITY,
                        3,
                        List.of(
                                new Fact.Restoration(
                                        stamp(4, "e4"), Optional.empty(), Optional.of(RevocationCause.ACCESS_REMOVED)),
                                new Fact.Restoration(stamp(5, "e5"), Optional.of(version("v1")), Optional.empty()))),
                new Newest<>(KeyFacts.CAPACITY, List.of(new Fact.Expiry(stamp(6, "e6"), version("v2"), day(7)))));
    }

    private static TenantState tenant() {
        return new TenantState(
                Optional.of(new Register<>(stamp(1, "e1"), 40)),
                33,
                Optional.of(new Incident(new IncidentId(4, "t", 0, 1), 3, day(2), Severity.INFO, List.of(), 0, 9)),
                Optional.of(day(3)),
                4);
    }

    private static SinkPeriods sinks() {
        return SinkPeriods.always(List.of("DATA_LAKE_EXPORT", "TENANT_REPORTING"))
                .followedBy(List.of("FAILURE_DIGEST_EMAIL", "TENANT_REPORTING"), day(5));
    }

    private static PartReports part() {
        var underWay = new EnforcementReport(
                EnforcementReport.Phase.RUNNING,
                List.of(
                        new EnforcementReport.Items(Optional.empty(), 3),
                        new EnforcementReport.Items(Optional.of(key("v2")), 4_000_000_000L)),
                false,
                5_000_000_000L,
                List.of(new EnforcementReport.FailedItem("row-1", "It is locked.")));
        var clean = new EnforcementReport(
                EnforcementReport.Phase.SUCCEEDED,
                List.of(new EnforcementReport.Items(Optional.of(key("v1")), 7)),
                true,
                0,
                List.of());
        return new PartReports(
                new PartReports.Stated(stamp(8, "e8"), underWay),
                Optional.of(new PartReports.Stated(stamp(7, "e7"), clean)));
    }

    private static ComponentReports component() {
        return new ComponentReports(
                Collections.emptySortedMap(), parts("", "part-1", "part-2"), true, Optional.empty());
    }

    private static ComponentReports.Known known() {
        return new ComponentReports.Known(stamp(9, "e9"), true, parts("part-1", "part-3"));
    }

    private static SortedSet<PartName> parts(String... names) {
        return Arrays.stream(names).map(PartName::new).collect(Collectors.toCollection(TreeSet::new));
    }

    private static KeyReference key(String version) {
        return new KeyReference(KEY, Optional.of(version(version)));
    }

    private static KeyVersion version(String version) {
        return new KeyVersion(version);
    }

    private static Stamp stamp(int day, String eventId) {
        return new Stamp(day(day), new EventId(eventId));
    }

    private static Instant day(int day) {
        return Instant.parse("2026-03-%02dT10:00:00Z".formatted(day));
    }

    private static String hex(String name) {
        return fixture(name + ".hex").replaceAll("\\s", "");
    }

    private static String fixture(String name) {
        try (var stream = StoredStateTest.class.getResourceAsStream("/state/" + StateCodec.VERSION + "/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }
}
