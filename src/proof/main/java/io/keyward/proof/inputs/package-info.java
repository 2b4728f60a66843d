/// The proof that the facts in the changelogs are those that the inputs state, since a signed base or since the
/// beginning.
///
/// May import `proof` and what that may import.
package io.keyward.proof.inputs;
