/// What is stored and published about one tenant: to be told of, and to be forgotten (docs/contract.md, "To be
/// told, and to be forgotten").
///
/// The processor erases; here is what asks for it and reads the result. May import `proof`, `topology`, `avro`,
/// `registry` and `domain`.
package io.keyward.proof.tenant;
