/// Traces for OpenTelemetry (docs/tracing.md).
///
/// Hides the SDK and how spans are exported. No name of a span holds an id. May import `config`, `topology`,
/// `domain` and OpenTelemetry.
package io.keyward.ops.tracing;
