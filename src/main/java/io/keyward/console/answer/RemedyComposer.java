package io.keyward.console.answer;

import io.keyward.domain.Remedy;
import io.keyward.topology.contract.EventLine;

/// What would mend a state, in the form of answers.
final class RemedyComposer {
    private static final String SOURCE = "keyward console";

    private RemedyComposer() {}

    static EnvironmentAnswer.Remedy compose(Remedy remedy) {
        return new EnvironmentAnswer.Remedy(
                remedy.steps().stream()
                        .map(step -> new EnvironmentAnswer.Remedy.Step(
                                step.sentence(), EventLine.write(step.event(), SOURCE)))
                        .toList(),
                remedy.complete(),
                remedy.state(),
                remedy.status(),
                remedy.openWarnings(),
                remedy.remarks());
    }
}
