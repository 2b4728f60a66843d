package io.keyward.client;

import io.keyward.client.GateAnswer.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// The state of a gate, without Kafka and without a clock. It covers all tenants, so it holds only names and
/// times. One thread changes it and may [report everything][#tellAll]; any thread may [#check].
///
/// Methods that take a record return what the record newly forbids. They return nothing until everything has been
/// read.
final class GateState {
    private static final GateAnswer STARTING = waits(Reason.STARTING, "The gate has not read everything yet.");

    private final Environments environments = new Environments();
    private final Erasures erasures = new Erasures();
    private DecidedUpTo decided = new DecidedUpTo();
    private Optional<GateAnswer> closed = Optional.of(STARTING);
    private Optional<DecidedUpTo.Claims> claims = Optional.empty();

    /// How many times the end offsets were requested, and the last request after which the ends were reached.
    private int asked;

    private int reached;

    /// A sink of an environment.
    record EnvironmentSink(String tenant, String environment, String sink) {
        EnvironmentSink {
            Objects.requireNonNull(tenant, "tenant");
            Objects.requireNonNull(environment, "environment");
            Objects.requireNonNull(sink, "sink");
        }
    }

    /// Discards everything. After a failure, it keeps reporting the failure until everything has been read.
    synchronized void begins() {
        environments.clear();
        erasures.clear();
        decided = new DecidedUpTo();
        closed = closed.or(() -> Optional.of(STARTING));
        claims = Optional.empty();
        asked = 0;
        reached = 0;
    }

    synchronized void failed(String why) {
        closed = Optional.of(waits(Reason.FAILED, why));
        claims = Optional.empty();
    }

    /// @param now by the gate's monotonic clock
    synchronized void asks(Instant now) {
        claims = Optional.of(decided.claims(now));
        asked++;
    }

    /// Everything has been read that existed at the last request. Returns true the first time: then everything
    /// that is forbidden has to be [reported][#tellAll].
    synchronized boolean reachedEnds() {
        if (claims.isEmpty()) {
            return false;
        }
        decided.confirm(claims.get());
        reached = asked;
        boolean first = closed.isPresent();
        closed = Optional.empty();
        return first;
    }

    /// @param now by the gate's monotonic clock
    synchronized List<Retraction> progress(DecidedUpTo.PartitionProgress read, Instant now) {
        decided.read(read, now);
        return List.of();
    }

    /// Takes a tombstone, or a record that cannot be read.
    synchronized List<Retraction> progressRemoved(int partition) {
        decided.removed(partition);
        return List.of();
    }

    /// @param stands false for a tombstone and for a record that cannot be read
    synchronized List<Retraction> decision(String tenant, String environment, boolean stands) {
        environments.decide(tenant, environment, stands, asked);
        return List.of();
    }

    synchronized List<Retraction> signal(EnvironmentSink target, SinkSignal signal) {
        SinkSignal before = environments.put(target.tenant(), target.environment(), target.sink(), signal);
        return closed.isPresent() ? List.of() : forbidden(target, signal, before);
    }

    synchronized List<Retraction> signalRemoved(EnvironmentSink target) {
        environments.remove(target.tenant(), target.environment(), target.sink(), asked);
        return List.of();
    }

    /// Data waits until the next signal; nothing is taken back.
    synchronized List<Retraction> signalUnreadable(EnvironmentSink target) {
        SinkSignal before = environments
                .find(target.tenant(), target.environment())
                .map(environment -> environment.signal(target.sink()))
                .orElse(SinkSignal.NONE);
        return signal(target, before.unreadable());
    }

    /// @param requestedAt [Erasures#UNKNOWN] if it cannot be read
    synchronized List<Retraction> erasure(String sha256, Instant requestedAt) {
        Optional<Instant> before = erasures.put(sha256, requestedAt);
        return closed.isPresent() ? List.of() : Retraction.ofTenant(environments.nameOf(sha256), requestedAt, before);
    }

    /// Reports everything that is forbidden: of each tenant, then of erased tenants whose names are not known.
    void tellAll(Consumer<Retraction> listener) {
        Map<String, Instant> unnamed = erasures.all();
        for (String tenant : environments.tenants()) {
            erasures.of(tenant).ifPresent(until -> {
                unnamed.remove(Erasures.sha256(tenant));
                Retraction.ofTenant(tenant, until, Optional.empty()).forEach(listener);
            });
            environments
                    .of(tenant)
                    .forEach((name, environment) -> environment.forEachSignal((sink, signal) -> forbidden(
                                    new EnvironmentSink(tenant, name, sink), signal, SinkSignal.NONE)
                            .forEach(listener)));
        }
        unnamed.forEach((sha256, until) ->
                Retraction.ofTenant(sha256, until, Optional.empty()).forEach(listener));
    }

    private List<Retraction> forbidden(EnvironmentSink target, SinkSignal now, SinkSignal before) {
        List<Interval> earlier = new ArrayList<>(before.forbidden());
        erasures.of(target.tenant()).map(Interval::before).ifPresent(earlier::add);
        return Retraction.ofSink(target, now.forbidden(), earlier);
    }

    /// Whether data of this event time may pass.
    ///
    /// @throws IllegalArgumentException if there is no such sink
    synchronized GateAnswer check(EnvironmentSink target, Instant time) {
        if (closed.isPresent()) {
            return closed.get();
        }
        if (!SuppressionGate.SINKS.contains(target.sink()) && !environments.names(target.sink())) {
            throw new IllegalArgumentException("'%s' is not a sink of any rule profile.".formatted(target.sink()));
        }
        Optional<Instant> erased = erasures.of(target.tenant());
        if (erased.filter(Erasures.UNKNOWN::equals).isPresent()) {
            return waits(Reason.NO_DECISION, "The record of the tenant's erasure cannot be read.");
        }
        if (erased.filter(time::isBefore).isPresent()) {
            return new GateAnswer.Gap(Optional.empty(), erased.get());
        }
        return environments
                .find(target.tenant(), target.environment())
                .filter(environment -> environment.isSettled(reached))
                .map(environment -> check(target.tenant(), environment.signal(target.sink()), time))
                .orElseGet(() -> waits(
                        Reason.NO_DECISION,
                        "No decision on the environment has been read with all records of its transaction."));
    }

    private GateAnswer check(String tenant, SinkSignal signal, Instant time) {
        if (!signal.readable()) {
            return waits(Reason.NO_DECISION, "The newest signal of the sink cannot be read.");
        }
        Optional<Instant> upTo = decided.of(tenant);
        if (upTo.isEmpty() || time.isAfter(upTo.get())) {
            return waits(
                    Reason.NOT_YET_DECIDED,
                    upTo.map(known -> "The tenant is decided up to " + known + ".")
                                    .orElse("The time up to which the tenant is decided is not known.")
                            + skew());
        }
        return signal.answer(time);
    }

    /// For data whose event time comes from the same clock.
    private String skew() {
        long seconds = decided.ahead().toSeconds();
        return seconds < 1
                ? ""
                : " The clock of this machine was at least %d s ahead of the brokers' when the gate was opened: data with times of this machine waits that much longer."
                        .formatted(seconds);
    }

    private static GateAnswer waits(Reason reason, String detail) {
        return new GateAnswer.Wait(reason, detail);
    }
}
