package io.keyward.chaos.fault;

import java.util.Map;
import java.util.function.Consumer;

/// A fault as in production: what it does to a running cluster and fleet, and how it ends.
///
/// @param instances how many instances run when it strikes
/// @param proxied whether the instances reach the brokers through proxies
/// @param smallDisk whether the first instance keeps its state on a small disk
/// @param settings of every instance, beside those of the variant
public record ChaosFault(
        String name,
        int instances,
        boolean proxied,
        boolean smallDisk,
        Map<String, String> settings,
        Consumer<FaultContext> harm) {
    static ChaosFault of(String name, int instances, Consumer<FaultContext> harm) {
        return new ChaosFault(name, instances, false, false, Map.of(), harm);
    }

    ChaosFault behindProxies() {
        return new ChaosFault(name, instances, true, smallDisk, settings, harm);
    }

    ChaosFault onSmallDisk() {
        return new ChaosFault(name, instances, proxied, true, settings, harm);
    }

    ChaosFault with(Map<String, String> more) {
        return new ChaosFault(name, instances, proxied, smallDisk, more, harm);
    }

    public void strike(FaultContext context) {
        harm.accept(context);
    }
}
