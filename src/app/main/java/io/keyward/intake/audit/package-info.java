/// Audit logs of key vaults, read from Event Hubs by Kafka's protocol.
///
/// May import `intake` and what that may import.
package io.keyward.intake.audit;
