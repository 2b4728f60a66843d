/// What applying an enterprise policy to an environment will do: which of its flows will not migrate, why, and
/// the way round. Reads the inventory of flows and writes the report.
///
/// May import `app.records`, `app.terminal`, `topology`, `avro.json` and `domain`.
package io.keyward.app.preflight;
