package io.keyward.console.replica;

import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.WarningKey;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.TenantId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;

/// The index rows of environments. An environment has some only while a decision about it stands: not before the first
/// one, and not after a purge.
final class EnvironmentIndex {
    private EnvironmentIndex() {}

    static Set<Bytes> rows(EnvironmentRow environment) {
        Set<Bytes> rows = new HashSet<>();
        Published published = environment.state().published();
        published.decision().ifPresent(decision -> {
            add(environment, KeyWriter.in(Table.DECIDED), rows);
            add(environment, with(Table.STATE, decision.encryptionState()), rows);
            add(environment, with(Table.STATUS, decision.policyStatus()), rows);
            published.openWarnings().forEach(warning -> {
                add(environment, with(Table.WARNING, warning.code()), rows);
                if (EnvironmentRow.OF_COMPONENTS.contains(warning.code())) {
                    rows.add(component(environment, warning));
                }
            });
            environment.state().facts().keys().forEach(key -> add(environment, users(key), rows));
            words(environment.tenant(), environment.environment())
                    .forEach(word -> add(environment, KeyWriter.in(Table.WORD).text(word), rows));
            decision.key()
                    .map(key -> inForce(environment.tenant(), key)
                            .text(environment.environment().value()))
                    .ifPresent(row -> rows.add(row.key()));
            environment.dueDates().forEach(date -> new DueRows(date).addTo(rows));
        });
        return rows;
    }

    private static void add(EnvironmentRow environment, KeyWriter index, Set<Bytes> rows) {
        rows.add(index.text(environment.tenant().value())
                .text(environment.environment().value())
                .key());
    }

    private static Bytes component(EnvironmentRow environment, WarningKey warning) {
        return with(Table.COMPONENT, warning.code())
                .text(environment.tenant().value())
                .text(environment.environment().value())
                .text(warning.subject().orElse(""))
                .key();
    }

    static KeyWriter with(Table table, Enum<?> value) {
        return KeyWriter.in(table).text(value.name());
    }

    static KeyWriter users(KeyId key) {
        return KeyWriter.in(Table.KEY).text(key.vaultUri()).text(key.keyName());
    }

    /// The environments of a tenant whose data is under the key, with that version in force or without a known one.
    static KeyWriter inForce(TenantId tenant, KeyReference key) {
        return KeyWriter.in(Table.IN_FORCE)
                .text(tenant.value())
                .text(key.key().vaultUri())
                .text(key.key().keyName())
                .text(key.version().map(KeyVersion::value).orElse(""));
    }

    /// What a search finds the environment by, in lower case, in a fixed order.
    static List<String> words(TenantId tenant, EnvironmentId environment) {
        return Stream.of(tenant.value(), environment.value())
                .map(EnvironmentIndex::word)
                .distinct()
                .toList();
    }

    static String word(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
