package io.keyward.cli.command;

import io.keyward.cli.records.StandardStreams;
import io.keyward.cluster.CommandFailedException;
import io.keyward.domain.id.TenantId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// Asks on the terminal for confirmation that a tenant shall be erased.
record TypedConfirmation(StandardStreams streams) {
    /// Returns whether the tenant's id is typed; if not, prints a message.
    ///
    /// @throws CommandFailedException if there is no terminal, or the input cannot be read
    boolean confirms(TenantId tenant) {
        if (!streams.errTerminal().interactive()) {
            throw new CommandFailedException(
                    "Nothing was erased: there is no terminal for the confirmation. Use --yes to erase without it.");
        }
        streams.tell(
                "Everything published and stored about %s will be deleted and cannot be restored.%nType the tenant's id to confirm: ",
                tenant);
        streams.err().flush();
        boolean same = tenant.value().equals(typed());
        if (!same) {
            streams.err().println("keyward: nothing was erased: that is not the tenant's id.");
        }
        return same;
    }

    private String typed() {
        try {
            return new BufferedReader(new InputStreamReader(streams.in(), StandardCharsets.UTF_8)).readLine();
        } catch (IOException failure) {
            throw new CommandFailedException("Nothing was erased: the input cannot be read: " + failure, failure);
        }
    }
}
