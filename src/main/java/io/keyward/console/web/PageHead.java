package io.keyward.console.web;

import io.keyward.console.answer.Extent;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What every page shows around its content, and how it writes numbers and times.
///
/// @param section the address of the page of the menu that it belongs to; empty if it belongs to none
/// @param extent how far the answer on the page reaches; empty for a page without one
record PageHead(String title, String section, Optional<Extent> extent, Instant now) {
    private static final List<MenuEntry> MENU = List.of(
            new MenuEntry("Overview", "/", false),
            new MenuEntry("Environments", "/environments", false),
            new MenuEntry("Deadlines", "/deadlines", false),
            new MenuEntry("What if", "/whatif", false),
            new MenuEntry("After a restore", "/after-a-restore", false));

    record MenuEntry(String name, String address, boolean current) {}

    List<MenuEntry> pages() {
        return MENU.stream()
                .map(entry -> new MenuEntry(
                        entry.name(), entry.address(), entry.address().equals(section)))
                .toList();
    }

    String asset(String name) {
        return Assets.address(name);
    }

    Moment moment(Instant at) {
        return new Moment(at, now);
    }

    String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// Such as `1 environment` or `12 environments`.
    String counted(long number, String noun) {
        return number(number) + " " + noun + (number == 1 ? "" : "s");
    }
}
