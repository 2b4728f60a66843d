package io.keyward.cluster;

import io.keyward.cluster.SchemaAdmin.SchemaOutcome.Registration;
import io.keyward.config.KeywardConfig;
import io.keyward.config.RegistryConnection;
import io.keyward.registry.client.CompatibilityLevel;
import io.keyward.registry.client.HttpSchemaRegistry;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.RegistryRefusalException;
import io.keyward.registry.client.RegistrySettings;
import io.keyward.topology.contract.TopicSchemas.Registered;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// Registers and checks the schemas of all topics in one registry, each under [SchemaFinding#LEVEL].
///
/// Every method may throw [io.keyward.registry.RegistryUnavailableException].
public final class SchemaAdmin implements AutoCloseable {
    /// The start of the reason in which a registry repeats the complete old schema. That reason is left out.
    private static final String WHOLE_SCHEMA = "{oldSchema:";

    private final HttpSchemaRegistry registry;
    private final List<Registered> schemas;
    private final String url;

    /// Creates a client for the configured registry. Sends no request yet.
    ///
    /// @throws ConfigurationException if the registry settings cannot be used
    public SchemaAdmin(KeywardConfig config) {
        RegistrySettings settings = RegistryConnection.settingsForCommand(config);
        registry = new HttpSchemaRegistry(settings, new RegistryHealth());
        schemas = RegistryConnection.schemas(config).all();
        url = settings.connection().urls().getFirst().toString();
    }

    /// The address of the registry, without credentials.
    public String url() {
        return url;
    }

    /// Sets the compatibility level of every subject and registers missing schemas.
    public List<SchemaOutcome> register() {
        return schemas.stream().map(this::register).toList();
    }

    /// Compares every schema with the registry. Changes nothing.
    public List<SchemaFinding> check() {
        return schemas.stream()
                .flatMap(schema -> Stream.concat(level(schema), presence(schema)))
                .toList();
    }

    private SchemaOutcome register(Registered schema) {
        try {
            if (registry.levelOf(schema.subject()) != SchemaFinding.LEVEL) {
                registry.setLevel(schema.subject(), SchemaFinding.LEVEL);
            }
            OptionalInt known = idOf(schema);
            int id = known.orElseGet(() -> registry.register(schema.subject(), schema.schema()));
            return new SchemaOutcome(
                    schema.subject(),
                    known.isPresent() ? Registration.EXISTED : Registration.REGISTERED,
                    OptionalInt.of(id),
                    Optional.empty());
        } catch (RegistryRefusalException refusal) {
            List<String> conflicts = registry.conflicts(schema.subject(), schema.schema());
            SchemaFinding problem = refused(schema, conflicts.isEmpty() ? List.of(refusal.getMessage()) : conflicts);
            return new SchemaOutcome(schema.subject(), Registration.REFUSED, OptionalInt.empty(), Optional.of(problem));
        }
    }

    private Stream<SchemaFinding> level(Registered schema) {
        CompatibilityLevel level = registry.levelOf(schema.subject());
        return level == SchemaFinding.LEVEL
                ? Stream.empty()
                : Stream.of(SchemaFinding.levelDiffers(schema.subject(), level));
    }

    private Stream<SchemaFinding> presence(Registered schema) {
        if (idOf(schema).isPresent()) {
            return Stream.empty();
        }
        List<String> conflicts = registry.conflicts(schema.subject(), schema.schema());
        return Stream.of(conflicts.isEmpty() ? SchemaFinding.unregistered(schema) : refused(schema, conflicts));
    }

    private OptionalInt idOf(Registered schema) {
        try {
            return OptionalInt.of(registry.idOf(schema.subject(), schema.schema()));
        } catch (RegistryRefusalException refusal) {
            return switch (refusal.code()) {
                case RegistryRefusalException.SUBJECT_NOT_FOUND,
                        RegistryRefusalException.VERSION_NOT_FOUND,
                        RegistryRefusalException.SCHEMA_NOT_FOUND -> OptionalInt.empty();
                default -> throw refusal;
            };
        }
    }

    private SchemaFinding refused(Registered schema, List<String> reasons) {
        return SchemaFinding.incompatible(
                schema,
                reasons.stream()
                        .filter(reason -> !reason.startsWith(WHOLE_SCHEMA))
                        .toList(),
                url);
    }

    @Override
    public void close() {
        registry.close();
    }

    /// The result of registering one schema.
    ///
    /// @param subject under which the schema is registered
    /// @param id of the schema in the registry; empty if the registry rejected it
    /// @param problem why the registry rejected it; otherwise empty
    public record SchemaOutcome(String subject, Registration result, OptionalInt id, Optional<SchemaFinding> problem) {
        /// Whether a schema is new, existed already, or was rejected.
        public enum Registration {
            REGISTERED,
            EXISTED,
            REFUSED
        }
    }
}
