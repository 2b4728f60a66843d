/// What the events about an environment and about a key add up to.
///
/// Hides how facts are merged: registers, maxima and the newest few, so that any order of the same events gives the
/// same facts. May import `domain.event` and `domain.id`.
package io.keyward.domain.fact;
