package io.keyward.cli.command;

import io.keyward.cluster.SchemaAdmin;
import io.keyward.cluster.SchemaFinding;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The command `schemas`: registers or checks the schemas of all topics in the schema registry.
@Command(name = "schemas", description = "Registers or checks the schema of every topic in the schema registry.")
public final class SchemasCommand extends CommandGroup {
    @Command(
            description = "Registers missing schemas, and sets the compatibility level of every subject"
                    + " to FULL_TRANSITIVE; exits with 1 if the registry refuses one.")
    int register(@Mixin ClusterOptions cluster) {
        try (SchemaAdmin schemas = new SchemaAdmin(cluster.load())) {
            List<SchemaAdmin.SchemaOutcome> outcomes = schemas.register();
            outcomes.forEach(outcome -> out().printf(
                            "%-10s  %s%s%n",
                            outcome.result().name().toLowerCase(Locale.ROOT),
                            outcome.subject(),
                            outcome.id().isPresent() ? ", id " + outcome.id().getAsInt() : ""));
            return report(outcomes.stream()
                    .flatMap(outcome -> outcome.problem().stream())
                    .toList());
        }
    }

    @Command(
            description =
                    "Compares the schemas with the registered ones, and checks their compatibility level; exits with"
                            + " 1 if any is missing or incompatible.")
    int check(@Mixin ClusterOptions cluster) {
        try (SchemaAdmin schemas = new SchemaAdmin(cluster.load())) {
            List<SchemaFinding> findings = schemas.check();
            if (findings.isEmpty()) {
                out().printf("All schemas are registered at %s, under %s.%n", schemas.url(), SchemaFinding.LEVEL);
            }
            return report(findings);
        }
    }
}
