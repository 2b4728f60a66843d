package io.keyward.console.answer;

import io.keyward.domain.id.TenantId;
import java.util.Optional;

/// Selects the keys of a page: those that meet every given condition.
///
/// @param tenant the tenant of the key
/// @param vault the address of its vault
/// @param after the cursor of the previous page
/// @param limit the maximum number of entries on the page, at least 1
public record KeyQuery(
        Optional<TenantId> tenant,
        Optional<String> vault,
        Optional<KeyList.Standing> standing,
        Optional<String> after,
        int limit) {}
