/// Proofs and moves of what the processor has stored and published: whether it is right, to more partitions, and away
/// for good (docs/contract.md, "Proof and moves").
///
/// Reads the changelogs and the topics as any reader may, and decides with the processor's own [Decider]. May import
/// `topology`, `avro`, `registry` and `domain`.
package io.keyward.proof;
