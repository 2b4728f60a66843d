/// What Azure emits when the owner of an emulated vault changes it: events of Event Grid, sent to webhooks.
///
/// Hides the shapes and how they are delivered. May import `sandbox.vault` and `domain.id`.
package io.keyward.sandbox.azure;
