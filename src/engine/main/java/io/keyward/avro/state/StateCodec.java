package io.keyward.avro.state;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.SinkPeriods;
import io.keyward.domain.decision.PendingSweep;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.PartReports;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/// Converts the values of a state store to bytes and back: a version byte, then Avro's binary encoding with the
/// schemas in `schemas/state`, with shorter texts and times since version 6 (`schemas/README.md`, "State").
///
/// It writes field by field instead of using generated records, because it runs for every event. Thread-safe.
public final class StateCodec<T> {

    static final byte VERSION = 8;

    /// The oldest version that can be read. New rows are never written in it.
    static final byte OLDEST_VERSION = 1;

    private final StateOutput.Part<T> writer;
    private final StateInput.Part<T> reader;

    /// What the next write reuses.
    private final AtomicReference<StateOutput> spareOutput = new AtomicReference<>();

    /// What the next read reuses.
    private final AtomicReference<StateInput> spareInput = new AtomicReference<>();

    private StateCodec(StateOutput.Part<T> writer, StateInput.Part<T> reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /// `state/EnvironmentState.avsc`
    public static StateCodec<EnvironmentState> ofEnvironments() {
        return new StateCodec<>(EnvironmentStateCodec::write, EnvironmentStateCodec::read);
    }

    /// `state/KeyFacts.avsc`
    public static StateCodec<KeyFacts> ofKeys() {
        return new StateCodec<>(KeyStateCodec::write, KeyStateCodec::read);
    }

    /// `state/TenantState.avsc`
    public static StateCodec<TenantState> ofTenants() {
        return new StateCodec<>(TenantStateCodec::write, TenantStateCodec::read);
    }

    /// `state/PartReports.avsc`
    public static StateCodec<PartReports> ofParts() {
        return new StateCodec<>(ReportStateCodec::write, ReportStateCodec::read);
    }

    /// `state/ComponentReports.avsc`. Its parts, and what is known of them, are rows of their own: they are neither
    /// written nor read.
    public static StateCodec<ComponentReports> ofComponents() {
        return new StateCodec<>(ReportStateCodec::writeNames, ReportStateCodec::readNames);
    }

    /// `state/KnownParts.avsc`
    public static StateCodec<ComponentReports.Known> ofKnownParts() {
        return new StateCodec<>(ReportStateCodec::writeKnown, ReportStateCodec::readKnown);
    }

    /// `state/SinkPeriods.avsc`
    public static StateCodec<SinkPeriods> ofSinks() {
        return new StateCodec<>(SinkStateCodec::write, SinkStateCodec::read);
    }

    /// `state/ErasedTenant.avsc`: when a tenant was erased.
    public static StateCodec<Instant> ofErasures() {
        return new StateCodec<>(StateOutput::time, StateInput::time);
    }

    /// `state/PendingSweep.avsc`
    public static StateCodec<PendingSweep> ofSweeps() {
        return new StateCodec<>(SweepStateCodec::write, SweepStateCodec::read);
    }

    /// The bytes of a value. Equal values have equal bytes.
    public byte[] write(T value) {
        var out = Objects.requireNonNullElseGet(spareOutput.getAndSet(null), StateOutput::new);
        out.reset(VERSION);
        writer.write(out, value);
        var bytes = out.written();
        spareOutput.set(out);
        return bytes;
    }

    /// The value in the bytes.
    ///
    /// @throws UnreadableStateException if this release does not know the version, or the bytes are damaged
    public T read(byte[] bytes) {
        requireKnownVersion(bytes);
        var in = Objects.requireNonNullElseGet(spareInput.getAndSet(null), StateInput::new);
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
        spareInput.set(in);
        return value;
    }

    private static void requireKnownVersion(byte[] bytes) {
        if (bytes.length == 0) {
            throw UnreadableStateException.empty();
        }
        if (bytes[0] < OLDEST_VERSION || bytes[0] > VERSION) {
            throw UnreadableStateException.ofVersion(Byte.toUnsignedInt(bytes[0]));
        }
    }
}
