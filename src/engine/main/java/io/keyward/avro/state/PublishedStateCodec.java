package io.keyward.avro.state;

import io.keyward.avro.Symbols;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.IncidentId;
import io.keyward.domain.decision.Interval;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.WarningCode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The binary form of the last publications within the state of an environment.
final class PublishedStateCodec {

    private static final Symbols<WarningCode> CODES = Symbols.stored(WarningCode.class);
    private static final Symbols<Severity> SEVERITIES = Symbols.stored(Severity.class);
    static final Symbols<Rule> RULES = Symbols.stored(Rule.class);

    /// What forms before 7 keep of a sink that may receive data again.
    private static final Signal ALLOWED = new Signal(Signal.Action.ALLOW, Instant.EPOCH, List.of());

    private PublishedStateCodec() {}

    static void write(StateOutput out, Published published) {
        out.number(published.revision());
        out.optional(published.decision(), DecisionStateCodec::write);
        out.list(published.warnings(), (to, code, standing) -> {
            to.symbol(CODES, code);
            to.optional(standing, PublishedStateCodec::incident);
        });
        out.list(published.formerWarnings(), (to, name, raised) -> {
            to.text(name);
            to.optional(raised, StateOutput::time);
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
        SortedMap<WarningCode, Optional<Incident>> warnings;
        SortedMap<String, Optional<Instant>> former;
        if (in.isFrom(8)) {
            warnings = in.sortedMap(from -> from.symbol(CODES), from -> from.optional(PublishedStateCodec::incident));
            former = in.sortedMap(StateInput::text, from -> from.optional(StateInput::time));
        } else {
            warnings = new TreeMap<>();
            former = new TreeMap<>();
            for (Before standing : in.list(PublishedStateCodec::before)) {
                standing.addTo(warnings, former);
            }
        }
        SortedMap<String, Signal> signals = in.sortedMap(StateInput::text, PublishedStateCodec::signal);
        return new Published(revision, decision, warnings, former, signals);
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
        out.number(incident.told());
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

    /// A warning of a form before 8.
    private record Before(WarningCode code, Optional<String> subject, Optional<Instant> raised) {
        /// What was told of an incident is not known, so its next record says all of it. That is the first one that
        /// names an incident.
        void addTo(SortedMap<WarningCode, Optional<Incident>> warnings, SortedMap<String, Optional<Instant>> former) {
            if (subject.isPresent()) {
                former.put(code + "/" + subject.get(), raised);
            } else {
                warnings.put(code, raised.map(at -> Incident.ofFormerRelease(code, at)));
            }
        }
    }

    private static Before before(StateInput in) throws IOException {
        Before before = new Before(in.symbol(CODES), in.optional(StateInput::text), in.optional(StateInput::time));
        if (in.isFrom(2)) {
            in.list(StateInput::text);
        }
        return before;
    }

    private static void gap(StateOutput out, Interval gap) {
        out.optional(Optional.of(gap.from()).filter(Instant.MIN::isBefore), StateOutput::time);
        out.time(gap.until());
    }

    private static Signal signal(StateInput in) throws IOException {
        if (!in.isFrom(7)) {
            return in.optional(PublishedStateCodec::suppression).orElse(ALLOWED);
        }
        Signal.Action action = in.flag() ? Signal.Action.SUPPRESS : Signal.Action.ALLOW;
        return new Signal(action, in.time(), in.list(PublishedStateCodec::gap));
    }

    private static Interval gap(StateInput in) throws IOException {
        return new Interval(in.optional(StateInput::time).orElse(Instant.MIN), in.time());
    }

    /// Reads a suppression of a form before 7: the rule, and from 2 on the start of the gap that would be told when it
    /// ends. The facts tell all gaps now.
    private static Signal suppression(StateInput in) throws IOException {
        Instant since = in.time();
        in.symbol(RULES);
        if (in.isFrom(2)) {
            in.time();
        }
        return new Signal(Signal.Action.SUPPRESS, since, List.of());
    }
}
