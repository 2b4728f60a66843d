package io.keyward.avro.state;

import io.keyward.avro.Symbols;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.IncidentId;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.decision.WarningCode;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// The binary form of the last publications within the state of an environment.
final class PublishedStateCodec {

    private static final Symbols<WarningCode> CODES = Symbols.stored(WarningCode.class);
    private static final Symbols<Severity> SEVERITIES = Symbols.stored(Severity.class);
    static final Symbols<Rule> RULES = Symbols.stored(Rule.class);

    private PublishedStateCodec() {}

    static void write(StateOutput out, Published published) {
        out.number(published.revision());
        out.optional(published.decision(), DecisionStateCodec::write);
        out.list(published.warnings(), (to, code, standing) -> {
            to.symbol(CODES, code);
            to.optional(standing, PublishedStateCodec::incident);
        });
        out.list(published.signals(), (to, sink, signal) -> {
            to.text(sink);
            to.flag(signal.suppresses());
            to.time(signal.effectiveFrom());
            to.list(signal.gaps(), PublishedStateCodec::gap);
        });
    }

    static Published read(StateInput in) throws IOException {
        long revision = in.longNumber();
        Optional<Decision> decision = in.optional(DecisionStateCodec::read);
        return new Published(
                revision,
                decision,
                in.sortedMap(from -> from.symbol(CODES), from -> from.optional(PublishedStateCodec::incident)),
                in.sortedMap(StateInput::text, PublishedStateCodec::signal));
    }

    static void incident(StateOutput out, Incident incident) {
        IncidentId id = incident.id();
        out.number(id.number());
        out.text(id.topic());
        out.number(id.partition());
        out.number(id.offset());
        out.number(incident.sequence());
        out.time(incident.raisedAt());
        out.symbol(SEVERITIES, incident.severity());
        out.list(incident.subjects(), StateOutput::text);
        out.number(incident.subjectCount());
        out.number(incident.fingerprint());
    }

    static Incident incident(StateInput in) throws IOException {
        IncidentId id = new IncidentId(in.longNumber(), in.text(), in.number(), in.longNumber());
        return new Incident(
                id,
                in.number(),
                in.time(),
                in.symbol(SEVERITIES),
                in.list(StateInput::text),
                in.number(),
                in.longNumber());
    }

    private static void gap(StateOutput out, TimeRange gap) {
        out.optional(Optional.of(gap.from()).filter(Instant.MIN::isBefore), StateOutput::time);
        out.time(gap.until());
    }

    private static Signal signal(StateInput in) throws IOException {
        Signal.Action action = in.flag() ? Signal.Action.SUPPRESS : Signal.Action.ALLOW;
        return new Signal(action, in.time(), in.list(PublishedStateCodec::gap));
    }

    private static TimeRange gap(StateInput in) throws IOException {
        return new TimeRange(in.optional(StateInput::time).orElse(Instant.MIN), in.time());
    }
}
