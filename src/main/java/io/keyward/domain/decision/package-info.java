/// What readers are told: decisions, warnings and suppressions, and the difference between what was published last
/// and what has to be published now.
///
/// May import `domain.fact`, `domain.event` and `domain.id`.
package io.keyward.domain.decision;
