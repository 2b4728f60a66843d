package io.keyward.cli.terminal;

import io.keyward.topology.read.OutputRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Describes an output record in one line.
public final class OutcomeLines {
    private static final int TIME_WIDTH = 18;
    private static final int OWNER_WIDTH = 26;
    private static final String GAP = "  ";
    private static final Pattern SENTENCES = Pattern.compile("(?<=[.;]) ");

    private OutcomeLines() {}

    /// Describes a decision, given as its fields.
    public static StyledLine decision(JsonFields decision) {
        StyledLine line = start(decision.text("decidedAt"), decision.owner());
        String state = decision.text("encryptionState");
        String status = decision.text("policyStatus");
        line.add(ofState(state, status), state + " (" + status + ")");
        String key = decision.key("key");
        if (!key.isEmpty()) {
            line.add(GAP + "key ").add(Colour.NAME, key);
        }
        line.add(GAP + "revision " + decision.text("revision"));
        if (decision.has("lockedSince")) {
            line.add(Colour.ALARM, GAP + "locked since " + decision.time("lockedSince"));
        }
        if (decision.has("expectedDeletionAt")) {
            line.add(Colour.ALARM, ", deletion expected " + decision.time("expectedDeletionAt"));
        }
        addEnforcement(line, decision.all("enforcement"));
        for (JsonFields kept : decision.all("retainUntil")) {
            line.add(Colour.FAINT, GAP + "keep " + Format.key(kept) + " until " + kept.time("until"));
        }
        return line;
    }

    /// Adds how many components are enforced (R29), and which have failed or drifted.
    private static void addEnforcement(StyledLine line, List<JsonFields> enforcement) {
        if (enforcement.isEmpty()) {
            return;
        }
        List<String> wrong = enforcement.stream()
                .filter(component -> List.of("FAILED", "DRIFTED").contains(component.text("status")))
                .map(component -> component.text("component") + " " + component.text("status"))
                .toList();
        long enforced = enforcement.stream()
                .filter(component -> component.text("status").equals("ENFORCED"))
                .count();
        line.add(
                enforced == enforcement.size() ? Colour.GOOD : Colour.PLAIN,
                GAP + "enforced %d of %d".formatted(enforced, enforcement.size()));
        line.add(Colour.BAD, wrong.isEmpty() ? "" : ", " + String.join(", ", wrong));
    }

    /// @param before the previous record of the incident, if known; an update then shows only what it changes
    static StyledLine warning(JsonFields warning, Optional<JsonFields> before) {
        String status = warning.text("status");
        StyledLine line = start(
                switch (status) {
                    case "CLEARED" -> warning.text("clearedAt");
                    case "UPDATED" -> warning.at("cause").text("occurredAt");
                    default -> warning.text("raisedAt");
                },
                warning.owner());
        String code = warning.text("code");
        return status.equals("CLEARED")
                ? line.add(Colour.GOOD, "cleared ").add(code).add(Colour.FAINT, ": " + warning.text("message"))
                : line.add(ofSeverity(warning.text("severity")), warning.text("severity"))
                        .add(" " + code + (status.equals("UPDATED") ? " updated" : ""))
                        .add(before.map(known -> changes(known, warning)).orElse(": " + warning.text("message")));
    }

    /// Returns the changed severity, the changed subjects and the new sentences.
    private static String changes(JsonFields before, JsonFields now) {
        List<String> parts = new ArrayList<>();
        if (!before.text("severity").equals(now.text("severity"))) {
            parts.add("was " + before.text("severity"));
        }
        List<String> formerly = before.texts("subjects");
        List<String> subjects = now.texts("subjects");
        subjects.stream()
                .filter(subject -> !formerly.contains(subject))
                .forEach(subject -> parts.add("now " + subject));
        formerly.stream()
                .filter(subject -> !subjects.contains(subject))
                .forEach(subject -> parts.add("not " + subject));
        String known = before.text("message");
        String news = SENTENCES
                .splitAsStream(now.text("message"))
                .filter(sentence -> !known.contains(sentence))
                .collect(Collectors.joining(" "));
        return (parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")") + (news.isEmpty() ? "" : ": " + news);
    }

    /// Formats signals of one environment and one revision that differ only in their sinks.
    static StyledLine signals(List<JsonFields> signals) {
        JsonFields first = signals.getFirst();
        String sinks = signals.stream().map(signal -> signal.text("sink")).collect(Collectors.joining(", "));
        StyledLine line = start(first.at("cause").text("occurredAt"), first.owner());
        if (first.text("action").equals("ALLOW")) {
            line.add(Colour.GOOD, "ALLOW ").add(sinks);
        } else {
            line.add(Colour.FLOW, first.text("action") + " ")
                    .add(sinks)
                    .add(GAP + "from " + first.time("effectiveFrom") + " on");
        }
        List<String> gaps = gaps(first);
        return gaps.isEmpty() ? line : line.add(GAP + "except data from " + String.join(", ", gaps));
    }

    /// The suppressions of a signal that have ended, each as `FROM to UNTIL`.
    public static List<String> gaps(JsonFields signal) {
        return signal.all("gaps").stream()
                .map(gap -> (gap.has("from") ? gap.time("from") : "the beginning") + " to " + gap.time("until"))
                .toList();
    }

    static StyledLine retraction(OutputRecord.Retracted retracted) {
        String[] parts = retracted.key().split("/", 3);
        String what = parts.length > 2 ? " " + parts[2] : "";
        String owner = Format.owner(parts[0], parts.length > 1 ? parts[1] : "");
        return start(Format.time(retracted.timestamp()), owner)
                .add(Colour.FAINT, "retracted: ")
                .add(retracted.topic().baseName() + what);
    }

    static StyledLine refusal(OutputRecord.Refused refused) {
        String event = refused.text("eventId");
        String producer = refused.text("producer");
        StringBuilder source = new StringBuilder(refused.source().path("topic").asText());
        for (String part : List.of("line", "partition", "offset")) {
            if (refused.source().has(part)) {
                source.append(" " + part + " " + refused.source().path(part).asText());
            }
        }
        source.append(event.isEmpty() ? "" : ", event " + event)
                .append(producer.isEmpty() ? "" : ", producer " + producer);
        return start(Format.time(refused.timestamp()), refused.key().orElse("(no key)"))
                .add(Colour.BAD, "REFUSED " + refused.reason())
                .add(": " + refused.detail())
                .add(Colour.FAINT, GAP + "(" + source + ")");
    }

    public static Colour ofState(String state, String status) {
        return switch (state) {
            case "LOCKED" -> Colour.ALARM;
            case "RECOVERABLE" -> Colour.ATTENTION;
            case "CUSTOMER_MANAGED" -> ofStatus(status);
            case "MICROSOFT_MANAGED" -> status.equals("FAILED") ? Colour.BAD : Colour.PLAIN;
            default -> Colour.FAINT;
        };
    }

    /// The colour of a policy status, or of the enforcement status of a component.
    public static Colour ofStatus(String status) {
        return switch (status) {
            case "SUCCEEDED", "ENFORCED" -> Colour.GOOD;
            case "FAILED", "DRIFTED" -> Colour.BAD;
            default -> Colour.ATTENTION;
        };
    }

    public static Colour ofSeverity(String severity) {
        return switch (severity) {
            case "INFO" -> Colour.FLOW;
            case "WARNING" -> Colour.ATTENTION;
            case "ERROR" -> Colour.BAD;
            default -> Colour.ALARM;
        };
    }

    /// Begins a line with a time and the tenant or environment that it concerns.
    public static StyledLine start(String time, String owner) {
        return new StyledLine()
                .column(Colour.FAINT, Format.time(time), TIME_WIDTH)
                .column(Colour.NAME, owner, OWNER_WIDTH - GAP.length())
                .add(GAP);
    }
}
