/// Moves a stopped application to more partitions (docs/contract.md, "Proof and moves").
///
/// A move makes a new generation of the application: an application id, a group and changelogs of its own. So
/// each row is either wholly in the old generation or wholly in the new one, and one record says which of them
/// counts. May import `proof`, `topology` and `domain`.
package io.keyward.proof.reshard;
