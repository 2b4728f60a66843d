package io.keyward.chaos;

import java.util.List;
import java.util.Map;

/// Settings that an operator may choose; every guarantee holds under each of them.
record StreamsVariant(String groupProtocol, boolean transactionalStores) {
    private static final List<StreamsVariant> ALL = List.of(
            new StreamsVariant("classic", true),
            new StreamsVariant("streams", true),
            new StreamsVariant("classic", false),
            new StreamsVariant("streams", false));

    /// Each variant in turn: every round has each of them for some fault, four rounds have all of them for every
    /// fault.
    static StreamsVariant of(long turn) {
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
