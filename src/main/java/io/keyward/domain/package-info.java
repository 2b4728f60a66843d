/// What happened and what follows from it: events, facts, rule profiles, verdicts and the difference between two
/// verdicts.
///
/// Hides how facts are merged so that any order of the same events gives the same answer, and the rules that turn
/// facts into decisions, warnings and suppressions. Has no clock, no Kafka and no Avro. May import `java.*` only.
package io.keyward.domain;
