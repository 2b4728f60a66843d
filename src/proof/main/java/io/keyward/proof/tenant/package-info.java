/// Exports what is stored and published about one tenant, and requests its erasure (docs/contract.md, "Data export
/// and erasure").
///
/// The processor erases; this package requests it and reads the result. May import `proof`, `topology`, `avro`,
/// `registry` and `domain`.
package io.keyward.proof.tenant;
