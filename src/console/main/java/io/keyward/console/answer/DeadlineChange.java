package io.keyward.console.answer;

import io.keyward.console.whatif.CodeWords;
import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.Verdict;
import java.util.ArrayList;
import java.util.List;

/// What changes for an environment by time alone (R25), in words.
///
/// @param then what is true at that time if nothing else happens before
record DeadlineChange(Verdict now, Verdict then) {
    /// One clause per change; empty if no output changes.
    List<String> all() {
        List<String> changes = new ArrayList<>();
        then.openWarnings().values().forEach(open -> addWarning(open, changes));
        then.decision().components().forEach((component, held) -> {
            if (!held.equals(now.decision().components().get(component))) {
                changes.add(component.title() + " becomes "
                        + CodeWords.inText(held.protection().name()));
            }
        });
        if (then.decision().policyStatus() != now.decision().policyStatus()) {
            changes.add("Policy status becomes "
                    + CodeWords.inText(then.decision().policyStatus().name()));
        }
        now.openWarnings().keySet().stream()
                .filter(code -> !then.openWarnings().containsKey(code))
                .forEach(code -> changes.add("Warning “%s” ends".formatted(CodeWords.of(code.name()))));
        return changes;
    }

    private void addWarning(OpenWarning open, List<String> changes) {
        OpenWarning before = now.openWarnings().get(open.code());
        String warning = "Warning “%s” ".formatted(CodeWords.of(open.code().name()));
        if (before == null) {
            changes.add(warning + "is raised");
        } else if (before.severity() != open.severity()) {
            changes.add(warning + "becomes " + words(open.severity()));
        } else if (!before.equals(open)) {
            changes.add(warning + "is updated");
        }
    }

    private static String words(Severity severity) {
        return switch (severity) {
            case INFO -> "informational";
            case WARNING -> "a warning";
            case ERROR -> "an error";
            case CRITICAL -> "critical";
        };
    }
}
