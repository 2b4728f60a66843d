package io.keyward.client;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// The environments of all tenants, sorted by name: which of them have a decision, and the signals of their
/// sinks.
final class Environments {
    private final NavigableMap<String, NavigableMap<String, Environment>> byTenant = new TreeMap<>();

    /// The names of sinks in signals, each mapped to itself, so that each is held once.
    private final Map<String, String> sinks = new HashMap<>();

    static final class Environment {
        private final NavigableMap<String, SinkSignal> signals = new TreeMap<>();
        private boolean decided;

        /// How many times the end offsets had been requested when a record was read to which other topics may
        /// add: a transaction does not arrive on all topics at once.
        private int asked;

        /// Whether there is a decision, and everything published with it has been read.
        ///
        /// @param reached the last request after which the ends were reached
        boolean isSettled(int reached) {
            return decided && asked < reached;
        }

        SinkSignal signal(String sink) {
            return signals.getOrDefault(sink, SinkSignal.NONE);
        }

        void forEachSignal(BiConsumer<String, SinkSignal> action) {
            signals.forEach(action);
        }
    }

    void clear() {
        byTenant.clear();
        sinks.clear();
    }

    /// @param asked how many times the end offsets had been requested
    void decide(String tenant, String environment, boolean stands, int asked) {
        Environment known = get(tenant, environment);
        if (stands && !known.decided) {
            known.asked = asked;
        }
        known.decided = stands;
        forgetIfEmpty(tenant, environment, known);
    }

    /// Returns the previous signal.
    SinkSignal put(String tenant, String environment, String sink, SinkSignal signal) {
        String name = sinks.computeIfAbsent(sink, first -> first);
        return Optional.ofNullable(get(tenant, environment).signals.put(name, signal))
                .orElse(SinkSignal.NONE);
    }

    /// @param asked how many times the end offsets had been requested
    void remove(String tenant, String environment, String sink, int asked) {
        Environment known = get(tenant, environment);
        known.signals.remove(sink);
        known.asked = asked;
        forgetIfEmpty(tenant, environment, known);
    }

    Optional<Environment> find(String tenant, String environment) {
        return Optional.ofNullable(byTenant.get(tenant)).map(environments -> environments.get(environment));
    }

    boolean names(String sink) {
        return sinks.containsKey(sink);
    }

    /// The tenants of which anything was read, tombstones included.
    Set<String> tenants() {
        return byTenant.keySet();
    }

    /// The name of the tenant with this SHA-256; the SHA-256 itself if nothing was read of the tenant.
    String nameOf(String sha256) {
        return tenants().stream()
                .filter(tenant -> Erasures.sha256(tenant).equals(sha256))
                .findFirst()
                .orElse(sha256);
    }

    Map<String, Environment> of(String tenant) {
        return byTenant.get(tenant);
    }

    private Environment get(String tenant, String environment) {
        return byTenant.computeIfAbsent(tenant, first -> new TreeMap<>())
                .computeIfAbsent(environment, first -> new Environment());
    }

    /// Keeps the name of the tenant, so that its erasure can be reported by name.
    private void forgetIfEmpty(String tenant, String environment, Environment known) {
        if (!known.decided && known.signals.isEmpty()) {
            byTenant.get(tenant).remove(environment);
        }
    }
}
