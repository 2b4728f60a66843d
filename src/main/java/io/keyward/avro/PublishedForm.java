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
        return new Published(
                in.longNumber(),
                in.optional(DecisionForm::read),
                sorted(in, PublishedForm::warning),
                sorted(in, PublishedForm::signal));
    }

    private static void warning(StateOutput out, Map.Entry<WarningKey, Optional<Instant>> warning) throws IOException {
        out.symbol(CODES, warning.getKey().code());
        out.optional(warning.getKey().subject(), StateOutput::text);
        out.optional(warning.getValue(), StateOutput::time);
    }

    private static Map.Entry<WarningKey, Optional<Instant>> warning(StateInput in) throws IOException {
        return Map.entry(
                new WarningKey(in.symbol(CODES), in.optional(StateInput::text)), in.optional(StateInput::time));
    }

    private static void signal(StateOutput out, Map.Entry<String, Optional<Suppressed>> signal) throws IOException {
        out.text(signal.getKey());
        out.optional(signal.getValue(), PublishedForm::suppressed);
    }

    private static Map.Entry<String, Optional<Suppressed>> signal(StateInput in) throws IOException {
        return Map.entry(in.text(), in.optional(PublishedForm::suppressed));
    }

    private static void suppressed(StateOutput out, Suppressed suppressed) throws IOException {
        out.time(suppressed.since());
        out.symbol(RULES, suppressed.reason());
    }

    private static Suppressed suppressed(StateInput in) throws IOException {
        return new Suppressed(in.time(), in.symbol(RULES));
    }

    private static <K, V> SortedMap<K, V> sorted(StateInput in, StateInput.Part<Map.Entry<K, V>> part)
            throws IOException {
        SortedMap<K, V> map = new TreeMap<>();
        in.list(part).forEach(entry -> map.put(entry.getKey(), entry.getValue()));
        return map;
    }
}
