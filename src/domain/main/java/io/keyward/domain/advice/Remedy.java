package io.keyward.domain.advice;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.event.Event;
import java.util.List;

/// The remedy for an unhealthy state: the smallest number of steps, and what would be true after them.
///
/// @param steps in the order in which they must be done; empty if nothing helps
/// @param complete whether the state is healthy after them: the policy is enforced, or there is none, and no
///     warning of severity WARNING or above is open. This includes warnings about reports, which no step ends
/// @param encryptionState the environment's state after them
/// @param policyStatus the policy's status after them
/// @param openWarnings the warnings that are open after them, as decisions list them
/// @param remarks what remains, and what may prevent the remedy, each as a full sentence
public record Remedy(
        List<Step> steps,
        boolean complete,
        EncryptionState encryptionState,
        PolicyStatus policyStatus,
        List<String> openWarnings,
        List<String> remarks) {
    /// One step of a remedy.
    ///
    /// @param sentence what to do, for an administrator
    /// @param event the event that would report the step; the rules were tried with it. Its time, its id and the
    ///     name of a new version are made up
    public record Step(String sentence, Event event) {}

    public Remedy {
        steps = List.copyOf(steps);
        openWarnings = List.copyOf(openWarnings);
        remarks = List.copyOf(remarks);
    }
}
