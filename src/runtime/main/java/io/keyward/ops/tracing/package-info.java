/// Traces for OpenTelemetry (docs/tracing.md).
///
/// Hides the SDK and the export of spans. No span name contains an id. May import `config`, `topology`, `domain`
/// and OpenTelemetry.
package io.keyward.ops.tracing;
