package io.keyward.topology;

/// The names of the topology's nodes and stores: they are part of changelog topics and metrics, and must not change.
final class Nodes {
    static final String ADMIT = "admit";
    static final String ROUTE = "route";
    static final String DECIDE = "decide";

    static final String ENVIRONMENTS = "environments";
    static final String KEYS = "keys";
    static final String KEY_USAGE = "key-usage";
    static final String TENANTS = "tenants";

    private Nodes() {}

    static String read(Topic topic) {
        return "read-" + topic.baseName();
    }

    static String write(Topic topic) {
        return "write-" + topic.baseName();
    }
}
