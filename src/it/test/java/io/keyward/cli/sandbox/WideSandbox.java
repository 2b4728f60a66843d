package io.keyward.cli.sandbox;

import io.keyward.app.run.StopSignal;
import io.keyward.cli.terminal.Terminal;
import io.keyward.cli.terminal.TerminalStream;
import io.keyward.config.SandboxAddresses;
import io.keyward.sandbox.SandboxFolder;
import java.util.Optional;

/// `keyward sandbox --port-base N` on a terminal of 118 columns without colours, although its output is a file.
public final class WideSandbox {
    private WideSandbox() {}

    public static void main(String... arguments) {
        TerminalStream.install();
        SandboxAddresses addresses = SandboxAddresses.startingAt(Integer.parseInt(arguments[0]));
        SandboxPrinter printer = new SandboxPrinter(System.out, new Terminal(false, false, 118), addresses);
        try (StopSignal stop = StopSignal.install();
                SandboxFolder folder = SandboxFolder.of(Optional.empty());
                Sandbox sandbox = Sandbox.start(folder, addresses)) {
            new SandboxSession(sandbox, printer, stop, true).run(false);
        }
    }
}
