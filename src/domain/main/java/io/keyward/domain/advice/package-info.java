/// What people need to know before they act: what would end a lock ([io.keyward.domain.advice.Remedies]), which
/// environments use a key, and whether a key version can be disabled ([io.keyward.domain.advice.DisableCheck]).
///
/// Makes no decisions. May import `java.*` and the packages of `domain`; nothing in `domain` imports it.
package io.keyward.domain.advice;
