/// The rules: the input is facts, key facts, a slot and a profile; the output is a verdict with its reasons. The
/// entry point is [io.keyward.domain.Decider].
///
/// Has no clock, no Kafka and no Avro. May import `java.*` and the packages of `domain`.
package io.keyward.domain;
