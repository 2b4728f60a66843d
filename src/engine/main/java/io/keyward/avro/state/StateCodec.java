package io.keyward.avro.state;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.SinkPeriods;
import io.keyward.domain.decision.PendingFanOut;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.PartReports;
import java.io.IOException;
import java.time.Instant;

/// Converts the values of a state store to bytes and back: a version byte, then Avro's binary encoding with the
/// schemas in `schemas/state`, with shorter texts and times (`schemas/README.md`, "State").
///
/// It writes field by field instead of using generated records, because it runs for every event. Thread-safe.
/// All values share the buffers of a thread, so code that writes or reads a part of a value must not write or
/// read another value.
public final class StateCodec<T> {

    static final byte VERSION = 1;

    /// The oldest version that can be read. New rows are never written in it.
    static final byte OLDEST_VERSION = 1;

    /// `state/EnvironmentState.avsc`
    public static final StateCodec<EnvironmentState> ENVIRONMENTS =
            new StateCodec<>(EnvironmentStateCodec::write, EnvironmentStateCodec::read);

    /// `state/KeyFacts.avsc`
    public static final StateCodec<KeyFacts> KEYS = new StateCodec<>(KeyStateCodec::write, KeyStateCodec::read);

    /// `state/TenantState.avsc`
    public static final StateCodec<TenantState> TENANTS =
            new StateCodec<>(TenantStateCodec::write, TenantStateCodec::read);

    /// `state/PartReports.avsc`
    public static final StateCodec<PartReports> PARTS =
            new StateCodec<>(ReportStateCodec::write, ReportStateCodec::read);

    /// `state/ComponentReports.avsc`. The reports of parts, and the known parts, have rows of their own: they are
    /// neither written nor read here.
    public static final StateCodec<ComponentReports> COMPONENTS =
            new StateCodec<>(ReportStateCodec::writeNames, ReportStateCodec::readNames);

    /// `state/KnownParts.avsc`
    public static final StateCodec<ComponentReports.Known> KNOWN_PARTS =
            new StateCodec<>(ReportStateCodec::writeKnown, ReportStateCodec::readKnown);

    /// `state/SinkPeriods.avsc`
    public static final StateCodec<SinkPeriods> SINKS = new StateCodec<>(SinkStateCodec::write, SinkStateCodec::read);

    /// `state/ErasedTenant.avsc`: when a tenant was erased.
    public static final StateCodec<Instant> ERASURES = new StateCodec<>(StateOutput::time, StateInput::time);

    /// `state/PendingSweep.avsc`
    public static final StateCodec<PendingFanOut> FAN_OUTS =
            new StateCodec<>(FanOutStateCodec::write, FanOutStateCodec::read);

    /// Reused for all values that a thread writes.
    private static final ThreadLocal<StateOutput> OUTPUT = ThreadLocal.withInitial(StateOutput::new);

    /// Reused for all values that a thread reads.
    private static final ThreadLocal<StateInput> INPUT = ThreadLocal.withInitial(StateInput::new);

    private final byte version;
    private final StateOutput.Part<T> writer;
    private final StateInput.Part<T> reader;

    private StateCodec(StateOutput.Part<T> writer, StateInput.Part<T> reader) {
        this(VERSION, writer, reader);
    }

    /// @param version the version in which values are written, and the newest that can be read
    StateCodec(byte version, StateOutput.Part<T> writer, StateInput.Part<T> reader) {
        this.version = version;
        this.writer = writer;
        this.reader = reader;
    }

    /// The bytes of a value. Equal values have equal bytes.
    public byte[] write(T value) {
        StateOutput out = OUTPUT.get();
        out.reset(version);
        writer.write(out, value);
        return out.written();
    }

    /// The value in the bytes.
    ///
    /// @throws UnreadableStateException if this release does not know the version, or the bytes are damaged
    public T read(byte[] bytes) {
        requireKnownVersion(bytes);
        StateInput in = INPUT.get();
        in.reset(bytes);
        T value;
        try {
            value = reader.read(in);
        } catch (IOException | RuntimeException e) {
            throw UnreadableStateException.damaged(bytes.length, e.getMessage(), e);
        }
        if (!in.atEnd()) {
            throw UnreadableStateException.damaged(bytes.length, "there are bytes after the value.", null);
        }
        return value;
    }

    private void requireKnownVersion(byte[] bytes) {
        if (bytes.length == 0) {
            throw UnreadableStateException.empty();
        }
        if (bytes[0] < OLDEST_VERSION || bytes[0] > version) {
            throw UnreadableStateException.ofVersion(Byte.toUnsignedInt(bytes[0]), version);
        }
    }
}
