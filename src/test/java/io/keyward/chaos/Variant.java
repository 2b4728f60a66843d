package io.keyward.chaos;

import java.util.List;
import java.util.Map;

/// Settings that an operator may choose, and that must change nothing about any guarantee.
record Variant(String groupProtocol, boolean transactionalStores) {
    private static final List<Variant> ALL = List.of(
            new Variant("classic", true),
            new Variant("streams", true),
            new Variant("classic", false),
            new Variant("streams", false));

    /// Turns through all of them: every round has each of them for some fault, four rounds have all of them for every
    /// fault.
    static Variant of(long turn) {
        return ALL.get(Math.floorMod(turn, ALL.size()));
    }

    Map<String, String> settings() {
        return Map.of(
                "keyward.streams.group.protocol",
                groupProtocol,
                "keyward.streams.enable.transactional.statestores",
                Boolean.toString(transactionalStores));
    }

    @Override
    public String toString() {
        return groupProtocol + ", transactional stores " + (transactionalStores ? "on" : "off");
    }
}
