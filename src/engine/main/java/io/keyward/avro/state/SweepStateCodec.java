package io.keyward.avro.state;

import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.PendingSweep;
import io.keyward.domain.decision.Sweep;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The binary form of an interrupted sweep: `state/PendingSweep.avsc`.
final class SweepStateCodec {
    private SweepStateCodec() {}

    static void write(StateOutput out, PendingSweep pending) {
        Sweep sweep = pending.sweep();
        optional(out, sweep, Sweep.OfKey.class, SweepStateCodec::key);
        optional(
                out,
                sweep,
                Sweep.OfQueue.class,
                (o, queue) -> o.text(queue.tenantId().value()));
        optional(out, sweep, Sweep.OfEverything.class, (o, all) -> o.optional(all.after(), SweepStateCodec::address));
        optional(out, sweep, Sweep.OfDeadlines.class, SweepStateCodec::deadlines);
        optional(out, sweep, Sweep.OfErasure.class, SweepStateCodec::erasure);
        out.number(pending.reached());
        cause(out, pending.trigger().cause());
        out.time(pending.trigger().recordTime());
        out.list(pending.trigger().headers(), (o, header) -> {
            o.text(header.name());
            o.optional(Optional.ofNullable(header.value()), StateOutput::bytes);
        });
    }

    static PendingSweep read(StateInput in) throws IOException {
        Optional<Sweep> key = in.optional(SweepStateCodec::key);
        Optional<Sweep> queue = in.optional(i -> new Sweep.OfQueue(new TenantId(i.text())));
        Optional<Sweep> everything = in.optional(i -> new Sweep.OfEverything(i.optional(SweepStateCodec::address)));
        Optional<Sweep> deadlines = in.optional(SweepStateCodec::deadlines);
        Optional<Sweep> erasure = in.optional(SweepStateCodec::erasure);
        Sweep sweep = key.or(() -> queue)
                .or(() -> everything)
                .or(() -> deadlines)
                .or(() -> erasure)
                .orElseThrow(() -> new IOException("a sweep of an unknown kind"));
        long reached = in.longNumber();
        Cause cause = cause(in);
        Instant time = in.time();
        List<Trigger.CarriedHeader> headers = in.list(i -> new Trigger.CarriedHeader(
                i.text(), i.optional(StateInput::bytes).orElse(null)));
        return new PendingSweep(sweep, new Trigger(cause, time, headers), reached);
    }

    private static <S extends Sweep> void optional(
            StateOutput out, Sweep sweep, Class<S> kind, StateOutput.Part<S> part) {
        out.optional(Optional.of(sweep).filter(kind::isInstance).map(kind::cast), part);
    }

    private static void key(StateOutput out, Sweep.OfKey sweep) {
        out.text(sweep.tenantId().value());
        out.key(sweep.key());
        out.optional(sweep.after(), (o, e) -> o.text(e.value()));
    }

    private static Sweep key(StateInput in) throws IOException {
        return new Sweep.OfKey(new TenantId(in.text()), in.key(), in.optional(i -> new EnvironmentId(i.text())));
    }

    private static void deadlines(StateOutput out, Sweep.OfDeadlines sweep) {
        out.text(sweep.tenantId().value());
        out.time(sweep.dueAt());
        out.optional(sweep.after(), (o, last) -> {
            o.time(last.at());
            o.text(last.environmentId().value());
        });
    }

    private static Sweep deadlines(StateInput in) throws IOException {
        return new Sweep.OfDeadlines(
                new TenantId(in.text()),
                in.time(),
                in.optional(i -> new Sweep.Deadline(i.time(), new EnvironmentId(i.text()))));
    }

    private static void erasure(StateOutput out, Sweep.OfErasure sweep) {
        out.text(sweep.tenantId().value());
        out.optional(sweep.after(), (o, e) -> o.text(e.value()));
        out.number(sweep.erased().environments());
        out.number(sweep.erased().keys());
        out.number(sweep.erased().outputs());
    }

    private static Sweep erasure(StateInput in) throws IOException {
        return new Sweep.OfErasure(
                new TenantId(in.text()),
                in.optional(i -> new EnvironmentId(i.text())),
                new Sweep.Erased(in.longNumber(), in.longNumber(), in.longNumber()));
    }

    private static void address(StateOutput out, Sweep.Address address) {
        out.text(address.tenantId().value());
        out.text(address.environmentId().value());
    }

    private static Sweep.Address address(StateInput in) throws IOException {
        return new Sweep.Address(new TenantId(in.text()), new EnvironmentId(in.text()));
    }

    private static void cause(StateOutput out, Cause cause) {
        out.text(cause.eventType());
        out.text(cause.eventId());
        out.time(cause.occurredAt());
        out.text(cause.topic());
        out.number(cause.partition());
        out.number(cause.offset());
    }

    private static Cause cause(StateInput in) throws IOException {
        return new Cause(in.text(), in.text(), in.time(), in.text(), in.number(), in.longNumber());
    }
}
