package io.keyward.cli.command;

import io.keyward.app.run.Instance;
import io.keyward.app.start.CheckOutcome;
import io.keyward.app.start.CheckOutcome.Status;
import io.keyward.config.HttpDefinitions;
import io.keyward.config.HttpSettings;
import io.keyward.config.IntakeSettings;
import io.keyward.config.KeywardConfig;
import io.keyward.intake.TenantSecrets;
import io.keyward.ops.http.HttpEndpoint;
import java.util.List;

/// One check for each thing that the command `intake` depends on, besides those that [Prerequisites]
/// has for any command. A check that cannot be made throws an exception with the reason.
record IntakePrerequisites(KeywardConfig config) {
    CheckOutcome configuration() {
        config.forIntake();
        Instance.profile(config.rules());
        int tenants =
                TenantSecrets.read(config.value(IntakeSettings.SECRETS_DIR)).tenants();
        return tenants == 0
                ? Status.ADVICE.with("%s holds no secret, so every request is answered with 401"
                        .formatted(IntakeSettings.SECRETS_DIR.key()))
                : Status.OK.with("complete for the command intake; tenants with a secret: %d".formatted(tenants));
    }

    /// Opens the endpoint briefly on a free port, because a running intake may use the configured one.
    CheckOutcome webhooks() {
        HttpSettings http = config.http(HttpDefinitions.INTAKE);
        HttpEndpoint.start(http.options(0).onAnyPort(), List.of()).close();
        return Status.OK.with("can be opened on " + http.host());
    }
}
