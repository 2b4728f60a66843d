/// What Azure emits, taken as it comes: events about keys become input events, and the rest becomes hints for the key
/// watch (docs/contract.md, "Intake").
///
/// Here: fields and addresses, and how findings are published. `intake.eventgrid` receives and reads the events. May
/// import `cluster`, `topology`, `avro`, `client`, `registry` and `domain`.
package io.keyward.intake;
