/// The rules: facts, keys, a slot and a profile in, a verdict with its reasons out.
///
/// Has no clock, no Kafka and no Avro. May import `java.*` and the packages of `domain`.
package io.keyward.domain;
