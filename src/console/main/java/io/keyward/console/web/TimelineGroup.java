package io.keyward.console.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.client.Topic;
import io.keyward.console.answer.NamedCause;
import io.keyward.console.answer.TimelineAnswer;
import io.keyward.console.whatif.CodeWords;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The records that one event caused, in words.
///
/// @param at the time of the event, or of the record if the event is not known
record TimelineGroup(Instant at, Optional<NamedCause> cause, List<Line> lines) {
    private static final String DECISIONS = Topic.ENCRYPTION_DECISIONS.baseName();
    private static final String WARNINGS = Topic.WARNINGS.baseName();

    /// A record.
    ///
    /// @param detail a further sentence; may be empty
    record Line(Optional<Sign> sign, String title, String detail) {}

    /// Groups a page of records; records of one event are adjacent.
    static List<TimelineGroup> of(List<TimelineAnswer.Entry> entries) {
        List<TimelineGroup> groups = new ArrayList<>();
        for (TimelineAnswer.Entry entry : entries) {
            boolean further = entry.cause().isPresent()
                    && !groups.isEmpty()
                    && groups.getLast().cause().equals(entry.cause());
            if (!further) {
                Instant at = entry.cause().map(NamedCause::occurredAt).orElse(entry.timestamp());
                groups.add(new TimelineGroup(at, entry.cause(), new ArrayList<>()));
            }
            List<Line> lines = groups.getLast().lines();
            lines.add(entry.topic().equals(DECISIONS) ? 0 : lines.size(), line(entry));
        }
        return groups;
    }

    private static Line line(TimelineAnswer.Entry entry) {
        if (entry.value().isEmpty()) {
            return new Line(Optional.empty(), "Removed: " + entry.key(), "");
        }
        ObjectNode value = entry.value().get();
        if (entry.topic().equals(DECISIONS)) {
            Optional<EncryptionState> state = named(EncryptionState.values(), text(value, "encryptionState"));
            return new Line(state.map(Sign::of), "revision " + text(value, "revision"), "");
        }
        if (entry.topic().equals(WARNINGS)) {
            return warning(value);
        }
        String done = text(value, "action").equals("SUPPRESS") ? "Data stopped: " : "Data allowed again: ";
        return new Line(Optional.empty(), done + CodeWords.of(text(value, "sink")), "");
    }

    private static Line warning(ObjectNode value) {
        String status = text(value, "status");
        Optional<Sign> sign = status.equals("CLEARED")
                ? Optional.of(Sign.CLEARED)
                : named(Severity.values(), text(value, "severity")).map(Sign::of);
        List<String> subjects = new ArrayList<>();
        value.path("subjects").forEach(subject -> subjects.add(subject.asText()));
        return new Line(
                sign,
                CodeWords.of(text(value, "code"))
                        + (status.equals("UPDATED") ? ", updated" : "")
                        + Words.ofSubjects(subjects, value.path("subjectCount").asInt()),
                text(value, "message"));
    }

    private static String text(ObjectNode value, String field) {
        return value.path(field).asText("");
    }

    private static <E extends Enum<E>> Optional<E> named(E[] all, String name) {
        return Arrays.stream(all).filter(one -> one.name().equals(name)).findFirst();
    }
}
