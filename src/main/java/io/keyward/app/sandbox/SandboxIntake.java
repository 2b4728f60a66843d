package io.keyward.app.sandbox;

import io.keyward.app.intake.Intake;
import io.keyward.app.run.Assembly;
import io.keyward.app.terminal.IntakeLines;
import io.keyward.app.terminal.StyledLine;
import io.keyward.sandbox.azure.AzureEmission;
import io.keyward.sandbox.azure.Emitted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// An intake in the sandbox, to which the emulated vaults emit what Azure would.
final class SandboxIntake implements AutoCloseable {
    private final Intake intake;
    private final IntakeFollower follower;
    private final AzureEmission emission;
    private final Queue<Emitted> emitted;

    private SandboxIntake(Intake intake, IntakeFollower follower, AzureEmission emission, Queue<Emitted> emitted) {
        this.intake = intake;
        this.follower = follower;
        this.emission = emission;
        this.emitted = emitted;
    }

    /// Starts the intake and, once it takes events, their emission.
    static SandboxIntake start(Sandbox sandbox) {
        sandbox.prepareIntake();
        return Assembly.assemble(made -> {
            Intake intake = made.add(Intake.start(sandbox.intakeConfig()));
            IntakeFollower follower = made.add(IntakeFollower.open(sandbox.config(), sandbox.registry()));
            Queue<Emitted> emitted = new ConcurrentLinkedQueue<>();
            return new SandboxIntake(intake, follower, sandbox.emit(emitted::add), emitted);
        });
    }

    /// What has been emitted since the last call, and then what has come of that and of earlier things, one line each.
    List<StyledLine> poll() {
        List<StyledLine> written = follower.poll();
        List<StyledLine> lines = new ArrayList<>();
        for (Emitted next = emitted.poll(); next != null; next = emitted.poll()) {
            Optional<String> key = Optional.of(next.key()).filter(name -> !name.isEmpty());
            lines.add(IntakeLines.emitted(
                    next.at(),
                    next.tenant(),
                    next.what(),
                    IntakeLines.key("https://" + next.vault(), key),
                    next.way()));
        }
        lines.addAll(written);
        return lines;
    }

    /// @throws RuntimeException if the intake has failed
    void rethrowFailure() {
        intake.rethrowFailure();
    }

    @Override
    public void close() {
        emission.close();
        follower.close();
        intake.close();
    }
}
