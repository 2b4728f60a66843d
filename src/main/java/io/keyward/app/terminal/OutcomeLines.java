package io.keyward.app.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.domain.decision.Severity;
import io.keyward.topology.OutputRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Describes an output record in one line.
public final class OutcomeLines {
    private static final int TIME_WIDTH = 18;
    private static final int OWNER_WIDTH = 26;
    private static final String GAP = "  ";

    private OutcomeLines() {}

    static StyledLine decision(OutputRecord.Published decision) {
        return decision(decision.value());
    }

    /// Describes a decision, given as its fields.
    public static StyledLine decision(JsonNode decision) {
        StyledLine line = start(
                decision.path("decidedAt").asText(),
                Format.owner(
                        decision.path("tenantId").asText(),
                        decision.path("environmentId").asText()));
        String state = decision.path("encryptionState").asText();
        String status = decision.path("policyStatus").asText();
        line.add(ofState(state, status), state + " (" + status + ")");
        String key = Format.key(decision.path("key"));
        if (!key.isEmpty()) {
            line.add(GAP + "key ").add(Colour.NAME, key);
        }
        line.add(GAP + "revision " + decision.path("revision").asText());
        if (decision.hasNonNull("lockedSince")) {
            line.add(
                    Colour.ALARM,
                    GAP + "locked since "
                            + Format.time(decision.path("lockedSince").asText()));
        }
        if (decision.hasNonNull("expectedDeletionAt")) {
            line.add(
                    Colour.ALARM,
                    ", deletion expected "
                            + Format.time(decision.path("expectedDeletionAt").asText()));
        }
        addEnforcement(line, decision.path("enforcement"));
        for (JsonNode kept : decision.path("retainUntil")) {
            line.add(
                    Colour.FAINT,
                    GAP + "keep " + Format.key(kept) + " until "
                            + Format.time(kept.path("until").asText()));
        }
        return line;
    }

    /// How many components are really so (R29), and which have failed or drifted.
    private static void addEnforcement(StyledLine line, JsonNode enforcement) {
        if (enforcement.isEmpty()) {
            return;
        }
        List<String> wrong = new ArrayList<>();
        int enforced = 0;
        for (JsonNode component : enforcement) {
            String status = component.path("status").asText();
            enforced += status.equals("ENFORCED") ? 1 : 0;
            if (status.equals("FAILED") || status.equals("DRIFTED")) {
                wrong.add(component.path("component").asText() + " " + status);
            }
        }
        line.add(
                enforced == enforcement.size() ? Colour.GOOD : Colour.PLAIN,
                GAP + "enforced %d of %d".formatted(enforced, enforcement.size()));
        line.add(Colour.BAD, wrong.isEmpty() ? "" : ", " + String.join(", ", wrong));
    }

    static StyledLine warning(OutputRecord.Published warning) {
        boolean cleared = warning.text("status").equals("CLEARED");
        StyledLine line = start(warning.text(cleared ? "clearedAt" : "raisedAt"), ownerOf(warning));
        String code = warning.text("code");
        return cleared
                ? line.add(Colour.GOOD, "cleared ").add(code).add(Colour.FAINT, ": " + warning.text("message"))
                : line.add(ofSeverity(warning.text("severity")), warning.text("severity"))
                        .add(" " + code)
                        .add(": " + warning.text("message"));
    }

    /// Formats signals of one environment and one revision that differ only in their sinks.
    static StyledLine signals(List<OutputRecord.Published> signals) {
        OutputRecord.Published first = signals.getFirst();
        String sinks = signals.stream().map(signal -> signal.text("sink")).collect(Collectors.joining(", "));
        StyledLine line = start(first.value().path("cause").path("occurredAt").asText(), ownerOf(first));
        return first.text("action").equals("ALLOW")
                ? line.add(Colour.GOOD, "ALLOW ")
                        .add(sinks)
                        .add(GAP + "but nothing of " + Format.time(first.text("gapFrom")) + " to "
                                + Format.time(first.text("gapTo")))
                : line.add(Colour.FLOW, first.text("action") + " ")
                        .add(sinks)
                        .add(GAP + "from " + Format.time(first.text("effectiveFrom")) + " on");
    }

    static StyledLine retraction(OutputRecord.Retracted retracted) {
        String[] parts = retracted.key().split("/", 3);
        String what = parts.length > 2 ? " " + parts[2] : "";
        return start(Format.time(retracted.timestamp()), Format.ownerOfKey(retracted.key()))
                .add(Colour.FAINT, "taken back: ")
                .add(retracted.topic().baseName() + what);
    }

    static StyledLine refusal(OutputRecord.Refused refused) {
        StringBuilder source = new StringBuilder(refused.source().path("topic").asText());
        for (String part : List.of("line", "partition", "offset")) {
            if (refused.source().has(part)) {
                source.append(' ')
                        .append(part)
                        .append(' ')
                        .append(refused.source().path(part).asText());
            }
        }
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

    private static Colour ofStatus(String status) {
        return switch (status) {
            case "SUCCEEDED" -> Colour.GOOD;
            case "FAILED" -> Colour.BAD;
            default -> Colour.ATTENTION;
        };
    }

    public static Colour ofSeverity(String severity) {
        return Arrays.stream(Severity.values())
                .filter(known -> known.name().equals(severity))
                .findFirst()
                .map(known -> switch (known) {
                    case INFO -> Colour.FLOW;
                    case WARNING -> Colour.ATTENTION;
                    case ERROR -> Colour.BAD;
                    case CRITICAL -> Colour.ALARM;
                })
                .orElse(Colour.ALARM);
    }

    static StyledLine start(String time, String owner) {
        return new StyledLine()
                .column(Colour.FAINT, Format.time(time), TIME_WIDTH)
                .column(Colour.NAME, owner, OWNER_WIDTH - GAP.length())
                .add(GAP);
    }

    private static String ownerOf(OutputRecord.Published published) {
        return Format.owner(published.text("tenantId"), published.text("environmentId"));
    }
}
