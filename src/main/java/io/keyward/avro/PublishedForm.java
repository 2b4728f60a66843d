package io.keyward.avro;

import io.keyward.domain.Published;
import io.keyward.domain.Rule;
import io.keyward.domain.Suppressed;
import io.keyward.domain.WarningCode;
import io.keyward.domain.WarningKey;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How what readers were told last lies in the bytes of an environment's state.
final class PublishedForm {

    private static final Symbols<WarningCode> CODES =
            Symbols.of(WarningCode.class, io.keyward.state.WarningCode.getClassSchema());
    static final Symbols<Rule> RULES = Symbols.of(Rule.class, io.keyward.state.Rule.getClassSchema());

    private PublishedForm() {}

    static void write(StateOutput out, Published published) throws IOException {
        out.number(published.revision());
        out.optional(published.decision(), DecisionForm::write);
        out.list(published.warnings().entrySet(), PublishedForm::warning);
        out.list(published.signals().entrySet(), PublishedForm::signal);
    }

    static Published read(StateInput in) throws IOException {
        return new Published(in.longNumber(), in.optional(DecisionForm::read), warnings(in), signals(in));
    }

    private static void warning(StateOutput out, Map.Entry<WarningKey, Optional<Instant>> warning) throws IOException {
        out.symbol(CODES, warning.getKey().code());
        out.optional(warning.getKey().subject(), StateOutput::text);
        out.optional(warning.getValue(), StateOutput::time);
    }

    private static SortedMap<WarningKey, Optional<Instant>> warnings(StateInput in) throws IOException {
        SortedMap<WarningKey, Optional<Instant>> warnings = new TreeMap<>();
        in.each(() -> warnings.put(
                new WarningKey(in.symbol(CODES), in.optional(StateInput::text)), in.optional(StateInput::time)));
        return warnings;
    }

    private static void signal(StateOutput out, Map.Entry<String, Optional<Suppressed>> signal) throws IOException {
        out.text(signal.getKey());
        out.optional(signal.getValue(), PublishedForm::suppressed);
    }

    private static SortedMap<String, Optional<Suppressed>> signals(StateInput in) throws IOException {
        SortedMap<String, Optional<Suppressed>> signals = new TreeMap<>();
        in.each(() -> signals.put(in.text(), in.optional(PublishedForm::suppressed)));
        return signals;
    }

    private static void suppressed(StateOutput out, Suppressed suppressed) throws IOException {
        out.time(suppressed.since());
        out.symbol(RULES, suppressed.reason());
    }

    private static Suppressed suppressed(StateInput in) throws IOException {
        return new Suppressed(in.time(), in.symbol(RULES));
    }
}
