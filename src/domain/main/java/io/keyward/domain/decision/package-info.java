/// What is published: decisions, warnings and suppressions, and the difference between what was published last and
/// what must be published now.
///
/// May import `domain.fact`, `domain.event` and `domain.id`.
package io.keyward.domain.decision;
