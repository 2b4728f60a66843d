/// Events of Event Grid about key vaults, received by webhook in both schemas.
///
/// May import `intake`, `ops.http` and what they may import.
package io.keyward.intake.eventgrid;
