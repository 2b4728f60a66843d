package io.keyward.avro.state;

import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.FanOut;
import io.keyward.domain.decision.PendingFanOut;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The binary form of an interrupted fan-out: `state/PendingSweep.avsc`.
final class FanOutStateCodec {
    private FanOutStateCodec() {}

    static void write(StateOutput out, PendingFanOut pending) {
        FanOut fanOut = pending.fanOut();
        optional(out, fanOut, FanOut.OfKey.class, FanOutStateCodec::key);
        optional(
                out,
                fanOut,
                FanOut.OfQueue.class,
                (o, queue) -> o.text(queue.tenantId().value()));
        optional(
                out, fanOut, FanOut.OfEverything.class, (o, all) -> o.optional(all.after(), FanOutStateCodec::address));
        optional(out, fanOut, FanOut.OfDeadlines.class, FanOutStateCodec::deadlines);
        optional(out, fanOut, FanOut.OfErasure.class, FanOutStateCodec::erasure);
        out.number(pending.reached());
        cause(out, pending.trigger().cause());
        out.time(pending.trigger().recordTime());
        out.list(pending.trigger().headers(), (o, header) -> {
            o.text(header.name());
            o.optional(Optional.ofNullable(header.value()), StateOutput::bytes);
        });
    }

    static PendingFanOut read(StateInput in) throws IOException {
        Optional<FanOut> key = in.optional(FanOutStateCodec::key);
        Optional<FanOut> queue = in.optional(i -> new FanOut.OfQueue(new TenantId(i.text())));
        Optional<FanOut> everything = in.optional(i -> new FanOut.OfEverything(i.optional(FanOutStateCodec::address)));
        Optional<FanOut> deadlines = in.optional(FanOutStateCodec::deadlines);
        Optional<FanOut> erasure = in.optional(FanOutStateCodec::erasure);
        FanOut fanOut = key.or(() -> queue)
                .or(() -> everything)
                .or(() -> deadlines)
                .or(() -> erasure)
                .orElseThrow(() -> new IOException("a fan-out of an unknown kind"));
        long reached = in.longNumber();
        Cause cause = cause(in);
        Instant time = in.time();
        List<Trigger.CarriedHeader> headers = in.list(i -> new Trigger.CarriedHeader(
                i.text(), i.optional(StateInput::bytes).orElse(null)));
        return new PendingFanOut(fanOut, new Trigger(cause, time, headers), reached);
    }

    private static <S extends FanOut> void optional(
            StateOutput out, FanOut fanOut, Class<S> kind, StateOutput.Part<S> part) {
        out.optional(Optional.of(fanOut).filter(kind::isInstance).map(kind::cast), part);
    }

    private static void key(StateOutput out, FanOut.OfKey fanOut) {
        out.text(fanOut.tenantId().value());
        out.key(fanOut.key());
        out.optional(fanOut.after(), (o, e) -> o.text(e.value()));
    }

    private static FanOut key(StateInput in) throws IOException {
        return new FanOut.OfKey(new TenantId(in.text()), in.key(), in.optional(i -> new EnvironmentId(i.text())));
    }

    private static void deadlines(StateOutput out, FanOut.OfDeadlines fanOut) {
        out.text(fanOut.tenantId().value());
        out.time(fanOut.dueAt());
        out.optional(fanOut.after(), (o, last) -> {
            o.time(last.at());
            o.text(last.environmentId().value());
        });
    }

    private static FanOut deadlines(StateInput in) throws IOException {
        return new FanOut.OfDeadlines(
                new TenantId(in.text()),
                in.time(),
                in.optional(i -> new FanOut.Deadline(i.time(), new EnvironmentId(i.text()))));
    }

    private static void erasure(StateOutput out, FanOut.OfErasure fanOut) {
        out.text(fanOut.tenantId().value());
        out.optional(fanOut.after(), (o, e) -> o.text(e.value()));
        out.number(fanOut.erased().environments());
        out.number(fanOut.erased().keys());
        out.number(fanOut.erased().outputs());
    }

    private static FanOut erasure(StateInput in) throws IOException {
        return new FanOut.OfErasure(
                new TenantId(in.text()),
                in.optional(i -> new EnvironmentId(i.text())),
                new FanOut.Erased(in.longNumber(), in.longNumber(), in.longNumber()));
    }

    private static void address(StateOutput out, FanOut.Address address) {
        out.text(address.tenantId().value());
        out.text(address.environmentId().value());
    }

    private static FanOut.Address address(StateInput in) throws IOException {
        return new FanOut.Address(new TenantId(in.text()), new EnvironmentId(in.text()));
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
