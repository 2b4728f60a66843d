/// Facts, accumulated from events about an environment or a key.
///
/// Hides how facts are merged: registers, maxima and the newest few, so that the same events in any order give the
/// same facts. May import `domain.event` and `domain.id`.
package io.keyward.domain.fact;
