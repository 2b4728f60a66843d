/// The topics: their names, settings and partitioning, as `topics.yaml` states them, and the rule profiles.
///
/// May import `domain`, Kafka clients and a reader of YAML.
package io.keyward.topology.contract;
