package io.keyward.chaos;

import java.util.function.Consumer;

/// Something that goes wrong in production: what it does to a running cluster and fleet, and how that ends.
///
/// @param instances how many instances run when it strikes
/// @param proxied whether the instances reach the brokers through proxies
/// @param smallDisk whether the first instance keeps its state on a small disk
record Fault(String name, int instances, boolean proxied, boolean smallDisk, Consumer<Scene> harm) {
    static Fault of(String name, int instances, Consumer<Scene> harm) {
        return new Fault(name, instances, false, false, harm);
    }

    Fault behindProxies() {
        return new Fault(name, instances, true, smallDisk, harm);
    }

    Fault onSmallDisk() {
        return new Fault(name, instances, proxied, true, harm);
    }

    void strike(Scene scene) {
        harm.accept(scene);
    }
}
