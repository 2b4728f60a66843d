/// Identifiers of tenants, environments, keys, policies and events, each a type that checks its value, and the
/// digest that represents one.
///
/// Guarantees that every identifier is well formed; others are refused with a code and the field. May import
/// `java.*` only.
package io.keyward.domain.id;
