package io.keyward.avro.state;

import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.RaisedWarning;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Suppressed;
import io.keyward.domain.decision.SuppressionSignal;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.decision.WarningKey;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The binary form of the last publications within the state of an environment.
final class PublishedStateCodec {

    private static final Symbols<WarningCode> CODES =
            Symbols.of(WarningCode.class, io.keyward.state.WarningCode.getClassSchema());
    static final Symbols<Rule> RULES = Symbols.of(Rule.class, io.keyward.state.Rule.getClassSchema());

    private PublishedStateCodec() {}

    static void write(StateOutput out, Published published) {
        out.number(published.revision());
        out.optional(published.decision(), DecisionStateCodec::write);
        out.list(published.warnings(), PublishedStateCodec::warning);
        out.list(published.signals(), PublishedStateCodec::signal);
    }

    static Published read(StateInput in) throws IOException {
        return new Published(in.longNumber(), in.optional(DecisionStateCodec::read), warnings(in), signals(in));
    }

    private static void warning(StateOutput out, WarningKey key, Optional<RaisedWarning> raised) {
        out.symbol(CODES, key.code());
        out.optional(key.subject(), StateOutput::text);
        out.optional(raised, (to, open) -> to.time(open.at()));
        out.list(raised.isPresent() ? inOrder(raised.get().causes()) : Set.of(), StateOutput::text);
    }

    private static Collection<String> inOrder(Set<String> causes) {
        return causes.size() < 2 ? causes : causes.stream().sorted().toList();
    }

    private static SortedMap<WarningKey, Optional<RaisedWarning>> warnings(StateInput in) throws IOException {
        return in.map(
                Collections.emptySortedMap(), TreeMap::new, PublishedStateCodec::warning, PublishedStateCodec::raised);
    }

    private static WarningKey warning(StateInput in) throws IOException {
        WarningCode code = in.symbol(CODES);
        Optional<String> subject = in.optional(StateInput::text);
        return subject.isPresent() ? new WarningKey(code, subject) : WarningKey.of(code);
    }

    /// Reads a raised warning. Rows of version 1 have no causes, so the first cause found later raises the
    /// warning again.
    private static Optional<RaisedWarning> raised(StateInput in) throws IOException {
        Optional<Instant> at = in.optional(StateInput::time);
        List<String> causes = in.isFrom(2) ? in.list(StateInput::text) : List.of();
        return at.isPresent() ? Optional.of(new RaisedWarning(at.get(), setOf(causes))) : Optional.empty();
    }

    /// Most warnings have no cause or one.
    private static Set<String> setOf(List<String> causes) {
        return switch (causes.size()) {
            case 0 -> Set.of();
            case 1 -> Set.of(causes.getFirst());
            default -> Set.copyOf(causes);
        };
    }

    private static void signal(StateOutput out, String sink, Optional<SuppressionSignal> signal) {
        out.text(sink);
        out.optional(signal, PublishedStateCodec::signalled);
    }

    private static SortedMap<String, Optional<SuppressionSignal>> signals(StateInput in) throws IOException {
        return in.map(Collections.emptySortedMap(), TreeMap::new, StateInput::text, PublishedStateCodec::signal);
    }

    private static Optional<SuppressionSignal> signal(StateInput in) throws IOException {
        return in.optional(PublishedStateCodec::signalled);
    }

    private static void signalled(StateOutput out, SuppressionSignal signalled) {
        out.time(signalled.suppressed().since());
        out.symbol(RULES, signalled.suppressed().reason());
        out.time(signalled.gapFrom());
    }

    /// Reads a suppression signal. Rows of version 1 do not have the start of the gap; it defaults to the start
    /// of the suppression.
    private static SuppressionSignal signalled(StateInput in) throws IOException {
        Suppressed suppressed = new Suppressed(in.time(), in.symbol(RULES));
        return new SuppressionSignal(suppressed, in.isFrom(2) ? in.time() : suppressed.since());
    }
}
