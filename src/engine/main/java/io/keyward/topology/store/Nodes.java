package io.keyward.topology.store;

import io.keyward.client.Topic;

/// The names of the topology's nodes and stores. They are part of changelog topics and metrics, and must not
/// change.
public final class Nodes {
    public static final String ADMIT = "admit";
    public static final String ROUTE = "route";
    public static final String DECIDE = "decide";

    public static final String ENVIRONMENTS = "environments";
    public static final String KEYS = "keys";
    public static final String KEY_USAGE = "key-usage";
    public static final String TENANTS = "tenants";
    public static final String DEADLINES = "deadlines";
    public static final String ENFORCEMENT = "enforcement";

    private Nodes() {}

    public static String read(Topic topic) {
        return "read-" + topic.baseName();
    }

    public static String write(Topic topic) {
        return "write-" + topic.baseName();
    }
}
