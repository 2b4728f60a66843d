/// The rules: facts, key facts, a slot and a profile in; a verdict with its reasons out.
/// [io.keyward.domain.Decider] is the way in.
///
/// Has no clock, no Kafka and no Avro. May import `java.*` and the packages of `domain`.
package io.keyward.domain;
