/// The one catalogue of topics, events and schemas, as `topics.yaml` states it, and the rule profiles.
///
/// May import `avro`, `registry`, `domain`, Kafka clients and a reader of YAML.
package io.keyward.topology.contract;
