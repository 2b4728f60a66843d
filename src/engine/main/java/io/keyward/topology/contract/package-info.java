/// The catalogue of topics, events and schemas, from `topics.yaml`, and the rule profiles.
///
/// May import `avro`, `registry`, `domain`, Kafka clients and a YAML parser.
package io.keyward.topology.contract;
