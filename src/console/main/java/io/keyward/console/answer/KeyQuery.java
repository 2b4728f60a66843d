package io.keyward.console.answer;

import io.keyward.domain.id.TenantId;
import java.util.Optional;

/// Which keys a page shows: those that meet every given condition.
///
/// @param tenant whose key it is
/// @param vault the address of its vault
/// @param after the cursor of the previous page
/// @param limit the most entries of the page, at least 1
public record KeyQuery(
        Optional<TenantId> tenant,
        Optional<String> vault,
        Optional<KeyList.Standing> standing,
        Optional<String> after,
        int limit) {}
