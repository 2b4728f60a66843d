/// What people ask about before they act: what would lift a lock ([io.keyward.domain.advice.Remedies]), which
/// environments use a key, and whether a key version can be disabled ([io.keyward.domain.advice.DisableCheck]).
///
/// Nothing here decides. May import `java.*` and the packages of `domain`; nothing in `domain` imports it.
package io.keyward.domain.advice;
