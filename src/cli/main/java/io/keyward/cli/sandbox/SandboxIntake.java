package io.keyward.cli.sandbox;

import io.keyward.app.intake.Intake;
import io.keyward.app.run.Assembled;
import io.keyward.app.run.Assembly;
import io.keyward.cli.terminal.StyledLine;
import io.keyward.sandbox.azure.Emitted;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// An intake in the sandbox. The emulated vaults emit to it what Azure would.
record SandboxIntake(Intake intake, IntakeFollower follower, Queue<Emitted> emitted, Assembly parts)
        implements Assembled {
    /// Starts the intake and, once it accepts events, the emission.
    static SandboxIntake start(Sandbox sandbox) {
        sandbox.prepareIntake();
        return Assembly.assemble(made -> {
            Intake intake = made.add(Intake.start(SandboxConfig.forIntake(sandbox.config(), sandbox.addresses())));
            IntakeFollower follower = made.add(IntakeFollower.open(sandbox.config(), sandbox.registry()));
            Queue<Emitted> emitted = new ConcurrentLinkedQueue<>();
            made.add(sandbox.emit(emitted::add));
            return new SandboxIntake(intake, follower, emitted, made);
        });
    }

    /// Returns one line for each thing emitted since the last call, then one for each record written since then.
    List<StyledLine> poll() {
        List<StyledLine> written = follower.poll();
        List<StyledLine> lines = new ArrayList<>();
        for (Emitted next = emitted.poll(); next != null; next = emitted.poll()) {
            lines.add(IntakeLines.emitted(next));
        }
        lines.addAll(written);
        return lines;
    }

    /// @throws RuntimeException if the intake has failed
    void rethrowFailure() {
        intake.rethrowFailure();
    }
}
