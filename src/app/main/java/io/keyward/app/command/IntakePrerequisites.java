package io.keyward.app.command;

import io.keyward.app.run.Instance;
import io.keyward.app.start.CheckOutcome;
import io.keyward.app.start.CheckOutcome.Status;
import io.keyward.config.AuditFiles;
import io.keyward.config.AuditSource;
import io.keyward.config.HttpDefinitions;
import io.keyward.config.HttpSettings;
import io.keyward.config.IntakeSettings;
import io.keyward.config.KeywardConfig;
import io.keyward.intake.TenantSecrets;
import io.keyward.ops.http.HttpEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One check for each thing that the command `intake` depends on, besides those that [Prerequisites]
/// has for any command. A check that cannot be made throws an exception that says why.
record IntakePrerequisites(KeywardConfig config) {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    CheckOutcome configuration() {
        config.forIntake();
        Instance.profile(config.rules());
        int hubs = AuditFiles.read(config).size();
        Optional<Integer> tenants =
                config.find(IntakeSettings.SECRETS_DIR).map(TenantSecrets::read).map(TenantSecrets::tenants);
        return tenants.filter(count -> count == 0).isPresent()
                ? Status.ADVICE.with("%s holds no secret, so that every request is answered 401"
                        .formatted(IntakeSettings.SECRETS_DIR.key()))
                : Status.OK.with("complete for the command intake; tenants with a secret: %d; Event Hubs: %d"
                        .formatted(tenants.orElse(0), hubs));
    }

    /// Opens the endpoint briefly on a free port, because a running intake may use the configured one.
    CheckOutcome webhooks() {
        if (config.find(IntakeSettings.SECRETS_DIR).isEmpty()) {
            return CheckOutcome.notSet(IntakeSettings.SECRETS_DIR.key());
        }
        HttpSettings http = config.http(HttpDefinitions.INTAKE);
        HttpEndpoint.start(http.options(0).onAnyPort(), List.of()).close();
        return Status.OK.with("can be opened on " + http.host());
    }

    CheckOutcome auditLogs() {
        List<AuditSource> sources = AuditFiles.read(config);
        if (sources.isEmpty()) {
            return CheckOutcome.notSet(IntakeSettings.AUDIT_DIR.key());
        }
        List<String> problems = sources.stream()
                .flatMap(source -> source.problem(ANSWER_LIMIT).map(why -> source + ": " + why).stream())
                .toList();
        return problems.isEmpty()
                ? Status.OK.with("Event Hubs that can be read: %d".formatted(sources.size()))
                : Status.FAILED.with(String.join(System.lineSeparator(), problems));
    }
}
