/// Names of tenants, environments, keys, policies and events, each a type of its own that checks what it is given.
///
/// Guarantees that whatever got here is well formed: a name that is not is refused with its code and field. May
/// import `java.*` only.
package io.keyward.domain.id;
