/// What Azure emits, taken as it comes: events about keys become input events, and the rest becomes hints for the key
/// watch (docs/contract.md, "Intake").
///
/// Here: what every source has in common, and how findings get into Kafka. `intake.eventgrid` and `intake.audit` read
/// the sources. May import `cluster`, `topology`, `avro`, `client`, `registry` and `domain`.
package io.keyward.intake;
