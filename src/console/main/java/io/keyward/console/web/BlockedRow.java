package io.keyward.console.web;

import io.keyward.console.answer.DisableAnswer;
import io.keyward.console.answer.DisableAnswer.Against;
import io.keyward.domain.advice.DisableBlocker;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The reasons against disabling a key in one environment.
///
/// @param named the reasons that are named; there can be more
record BlockedRow(Against environment, List<DisableBlocker> named) {
    static List<BlockedRow> of(DisableAnswer answer) {
        return answer.environments().stream()
                .map(against -> new BlockedRow(
                        against,
                        answer.verdict().blockers().stream()
                                .filter(reason -> reason.tenantId().equals(Optional.of(against.tenantId()))
                                        && reason.environmentId().equals(Optional.of(against.environmentId())))
                                .toList()))
                .toList();
    }

    /// Such as `In use, not proven (12 reasons)`.
    String kinds() {
        return environment.reasons().entrySet().stream()
                .map(kind ->
                        Words.of(kind.getKey()) + (kind.getValue() == 1 ? "" : " (" + kind.getValue() + " reasons)"))
                .collect(Collectors.joining(", "));
    }

    long all() {
        return Words.sum(environment.reasons());
    }
}
