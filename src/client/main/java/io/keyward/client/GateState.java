package io.keyward.client;

import io.keyward.client.GateAnswer.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// What a gate knows by the records that it has read, without Kafka and without a clock. It holds all tenants,
/// so it keeps names and times only. One thread changes it, and may [tell all][#tellAll]; any may [#check].
///
/// What takes a record returns what is forbidden by it that was not forbidden before; nothing until all
/// has been read.
final class GateState {
    private static final GateAnswer STARTING = waits(Reason.STARTING, "The gate has not read everything yet.");

    private final Environments environments = new Environments();
    private final Erasures erasures = new Erasures();
    private DecidedUpTo decided = new DecidedUpTo();
    private Optional<GateAnswer> closed = Optional.of(STARTING);
    private Optional<DecidedUpTo.Claims> claims = Optional.empty();

    /// How often it was asked where the topics end, and the last of these times after which the
    /// ends were reached.
    private int asked;

    private int reached;

    /// Of which sink of which environment something is said.
    record EnvironmentSink(String tenant, String environment, String sink) {
        EnvironmentSink {
            Objects.requireNonNull(tenant, "tenant");
            Objects.requireNonNull(environment, "environment");
            Objects.requireNonNull(sink, "sink");
        }
    }

    /// Forgets everything. After a failure it goes on to say so, until all has been read.
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

    /// @param now by the gate's clock, which does not jump
    synchronized void asks(Instant now) {
        claims = Optional.of(decided.claims(now));
        asked++;
    }

    /// All has been read that was there when it was asked last. Returns true the first time: then everything
    /// that is forbidden has to be [told][#tellAll].
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

    /// @param now by the gate's clock, which does not jump
    synchronized List<Retraction> progress(DecidedUpTo.PartitionProgress read, Instant now) {
        decided.read(read, now);
        return List.of();
    }

    /// A tombstone, or a record that cannot be read.
    synchronized List<Retraction> progressRemoved(int partition) {
        decided.removed(partition);
        return List.of();
    }

    /// @param stands false: it is a tombstone, or cannot be read
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

    /// Data waits until the next one; nothing is taken back.
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

    /// Tells everything that is forbidden: of each tenant, and then of erased ones whose names are not known.
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

    /// Whether data of that event time may pass.
    ///
    /// @throws IllegalArgumentException if there is no such sink
    synchronized GateAnswer check(EnvironmentSink target, Instant time) {
        if (closed.isPresent()) {
            return closed.get();
        }
        if (!SuppressionGate.SINKS.contains(target.sink()) && !environments.names(target.sink())) {
            throw new IllegalArgumentException("'%s' is no sink of any rule profile.".formatted(target.sink()));
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
                        "No decision on the environment has been read, with all that goes with it."));
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
                                    .orElse("It is not known up to when the tenant is decided.")
                            + skew());
        }
        return signal.answer(time);
    }

    /// For data that has its time from the same clock.
    private String skew() {
        long seconds = decided.ahead().toSeconds();
        return seconds < 1
                ? ""
                : " The clock of this machine was at least %d s ahead of the brokers' when the gate was opened: data waits that much longer until the time that it shows is decided."
                        .formatted(seconds);
    }

    private static GateAnswer waits(Reason reason, String detail) {
        return new GateAnswer.Wait(reason, detail);
    }
}
