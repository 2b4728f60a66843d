/// Identifiers of tenants, environments, keys, policies and events. Each is a type that checks its value. And
/// the digest that stands for one.
///
/// Guarantees that every identifier is well formed; others are refused with a code and the field. May import
/// `java.*` only.
package io.keyward.domain.id;
