package io.keyward.chaos;

import java.util.List;
import java.util.Map;

/// Settings that an operator may choose; every guarantee holds under each of them.
record StreamsVariant(String groupProtocol, StateStores stores) {
    private static final List<StreamsVariant> ALL = List.of(
            new StreamsVariant("classic", StateStores.TRANSACTIONAL),
            new StreamsVariant("streams", StateStores.ON_THE_HEAP),
            new StreamsVariant("classic", StateStores.WITHOUT_TRANSACTIONS),
            new StreamsVariant("streams", StateStores.TRANSACTIONAL),
            new StreamsVariant("classic", StateStores.ON_THE_HEAP),
            new StreamsVariant("streams", StateStores.WITHOUT_TRANSACTIONS));

    /// Where the state is kept, and how.
    enum StateStores {
        TRANSACTIONAL("transactional stores in RocksDB", "rocksdb", true),
        WITHOUT_TRANSACTIONS("stores in RocksDB", "rocksdb", false),
        ON_THE_HEAP("stores on the heap", "memory", false);

        private final String description;
        private final String kind;
        private final boolean transactional;

        StateStores(String description, String kind, boolean transactional) {
            this.description = description;
            this.kind = kind;
            this.transactional = transactional;
        }
    }

    /// Each variant in turn: every round has each of them for some fault, six rounds have all of them for every
    /// fault.
    static StreamsVariant of(long turn) {
        return ALL.get(Math.floorMod(turn, ALL.size()));
    }

    Map<String, String> settings() {
        return Map.of(
                "keyward.streams.group.protocol",
                groupProtocol,
                "keyward.state.store",
                stores.kind,
                "keyward.streams.enable.transactional.statestores",
                Boolean.toString(stores.transactional));
    }

    @Override
    public String toString() {
        return groupProtocol + ", " + stores.description;
    }
}
