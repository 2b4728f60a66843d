package io.keyward.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Settings that are passed on verbatim under the names of the client they are for. Printing them shows no
/// secret.
///
/// @param values name without the `keyward.….` prefix → value
/// @param fromFiles names whose values were read from a file, and are therefore secret
public record ClientSettings(Map<String, String> values, Set<String> fromFiles) {
    public ClientSettings {
        values = Map.copyOf(values);
        fromFiles = Set.copyOf(fromFiles);
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    ClientSettings with(String name, String value) {
        Map<String, String> changed = new TreeMap<>(values);
        changed.put(name, value);
        return new ClientSettings(changed, fromFiles);
    }

    /// Every name with its value, sorted, secrets hidden.
    Map<String, String> shown() {
        Map<String, String> shown = new TreeMap<>();
        new TreeSet<>(values.keySet())
                .forEach(name -> shown.put(
                        name, fromFiles.contains(name) ? Secrets.HIDDEN : Secrets.shown(name, values.get(name))));
        return shown;
    }

    @Override
    public String toString() {
        return shown().toString();
    }
}
